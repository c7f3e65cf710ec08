/** AWS's service models as data: what is in the JSON files beside this one, which `npm run aws-model` writes. */

export interface ServiceModel {
  /** AWS's own name of the service, as IAM actions, the SDK's packages and local AWS write it. */
  readonly service: string;
  /** As AWS's documentation writes it: "Chime SDK Identity". */
  readonly serviceId: string;
  readonly apiVersion: string;
  /** `json` or `rest-json`. */
  readonly protocol: string;
  readonly jsonVersion: string | null;
  /** What comes before an operation's name in the header X-Amz-Target, where the protocol is `json`. */
  readonly targetPrefix: string | null;
  /** The service's name in signatures. */
  readonly signingName: string;
  /** The service's name in the host names of its endpoints. */
  readonly endpointPrefix: string;
  readonly operations: Readonly<Record<string, OperationModel>>;
  /** The exceptions that these operations list. */
  readonly errors: Readonly<Record<string, ExceptionModel>>;
  /** Everything that the operations' requests and responses and the exceptions hold. */
  readonly shapes: Readonly<Record<string, ShapeModel>>;
}

export interface OperationModel {
  readonly http: HttpBinding;
  /** The shape of its request. */
  readonly input: string | null;
  /** The shape of its response. */
  readonly output: string | null;
  /** The exceptions that AWS lists for it. */
  readonly errors: readonly string[];
}

export interface HttpBinding {
  readonly method: string;
  /** A path with members in braces, and perhaps a query: `/accounts/{accountId}/users?operation=create`. */
  readonly requestUri: string;
  /** The status of a success, when the model says. */
  readonly responseCode?: number;
}

export interface ExceptionModel {
  /** Where AWS's model says none, the protocol's own holds: 400, or 500 for a fault of the server. */
  readonly httpStatus: number | null;
  readonly senderFault: boolean | null;
  /** Whether the server is at fault. */
  readonly fault: boolean;
  /** Its members by name, and the shape of each. */
  readonly members: Readonly<Record<string, string>>;
}

export interface ShapeModel {
  /** `structure`, `list`, `map`, `string`, `blob`, `boolean`, `integer`, `long`, `float`, `double` or `timestamp`. */
  readonly type: string;
  /** The members of a structure that must be there. */
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, MemberModel>>;
  /** The shape of a list's items. */
  readonly member?: string;
  /** The shapes of a map's keys and values. */
  readonly key?: string;
  readonly value?: string;
  /** Of a number's value, a string's Unicode characters, a blob's bytes, a list's items or a map's entries. */
  readonly min?: number;
  readonly max?: number;
  /** What a whole string matches, in the syntax of Java. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
  /** Its value must not appear in messages or logs. */
  readonly sensitive?: boolean;
  /** A structure of which exactly one member is present. */
  readonly union?: boolean;
  /** A structure that stands for any JSON. */
  readonly document?: boolean;
  /** How a time is written, where it differs from the protocol's own way. */
  readonly timestampFormat?: string;
  /** A blob that is sent piece by piece. */
  readonly streaming?: boolean;
  /** The member of a structure that is the whole body of the message. */
  readonly payload?: string;
  /** A list or map that may hold null. */
  readonly sparse?: boolean;
}

export interface MemberModel {
  readonly shape: string;
  /** Where it is, if not in the body: `uri`, `querystring`, `header`, `headers` or `statusCode`. */
  readonly location?: string;
  /** Its name there, or in the body where that differs. */
  readonly wireName?: string;
  /** AWS recognises a repeated request by this member. */
  readonly idempotencyToken?: boolean;
  /** A string that holds JSON, of which callers see the value. */
  readonly jsonvalue?: boolean;
  readonly streaming?: boolean;
}

/** The request of an operation. */
export function requestModel(model: ServiceModel, operation: string): { name: string; shape: ShapeModel } {
  const name = model.operations[operation]?.input;
  if (name == null) throw new TypeError(`AWS's model of ${model.service} has no request of ${operation}.`);
  return { name, shape: shapeModel(model, name) };
}

/** A shape by its name. */
export function shapeModel(model: ServiceModel, name: string): ShapeModel {
  const shape = model.shapes[name];
  if (!shape) throw new TypeError(`AWS's model of ${model.service} has no shape ${name}.`);
  return shape;
}
