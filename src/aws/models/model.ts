/** AWS's service models as data: what is in the JSON files beside this one. */

export interface ServiceModel {
  /** AWS's own id of the service, as endpoints, IAM actions and local AWS name it. */
  readonly service: string;
  /** What signatures and IAM actions call it. */
  readonly signingName: string;
  readonly operations: Readonly<Record<string, OperationModel>>;
  /** Every exception of the service. */
  readonly errors: Readonly<Record<string, unknown>>;
  readonly shapes: Readonly<Record<string, ShapeModel>>;
}

export interface OperationModel {
  /** The shape of its request. */
  readonly input: string;
  /** The shape of its answer; null when it answers with nothing. */
  readonly output?: string | null;
  /** The exceptions that AWS lists for it. */
  readonly errors: readonly string[];
}

export interface ShapeModel {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, MemberModel>>;
  /** A structure of which exactly one member is present. */
  readonly union?: boolean;
  /** A structure that stands for any JSON. */
  readonly document?: boolean;
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
}

export interface MemberModel {
  readonly shape: string;
  readonly location?: string;
  /** AWS recognises a repeated request by this member. */
  readonly idempotencyToken?: boolean;
}

/** The request of an operation. */
export function requestModel(model: ServiceModel, operation: string): { name: string; shape: ShapeModel } {
  const name = model.operations[operation]?.input;
  if (name === undefined)
    throw new TypeError(`AWS's model of ${model.service} has no operation ${operation}.`);
  return { name, shape: shapeModel(model, name) };
}

export function shapeModel(model: ServiceModel, name: string): ShapeModel {
  const shape = model.shapes[name];
  if (!shape) throw new TypeError(`AWS's model of ${model.service} has no shape ${name}.`);
  return shape;
}
