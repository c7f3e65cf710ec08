/** The database cannot be used; the message is for the gateway's operator. */
export class DatabaseError extends Error {
  override readonly name: string = 'DatabaseError';
}

/** There is none, and will be none before the gateway's operator changes something. */
export class NoDatabaseError extends DatabaseError {
  override readonly name = 'NoDatabaseError';
  /** What the operator has to set. */
  readonly remedy: string;

  /** @param why As a sentence. */
  constructor(why: string, remedy: string, options?: ErrorOptions) {
    super(`${why} Set ${remedy}.`, options);
    this.remedy = remedy;
  }
}

/** A caller asks for more than it has time for; others are served. */
export class CrowdedDatabaseError extends DatabaseError {
  override readonly name = 'CrowdedDatabaseError';
}
