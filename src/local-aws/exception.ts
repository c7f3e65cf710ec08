/** A refusal in AWS's terms: thrown by an operation, put on the wire by the protocol of its service. */
export class AwsException extends Error {
  /** The members that AWS's model gives this exception, beside its message. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(name: string, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.members = members;
  }
}
