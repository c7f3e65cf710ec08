/** What a guard is. */
import type { IncomingMessage } from 'node:http';
import type { Exchange } from '../exchange.ts';
import type { OperationRequest } from '../request/operation-request.ts';
import type { SentDocument } from '../request/sent-document.ts';
import type { Upload } from './upload-parts.ts';

/** Why a request goes no further; the client gets it as an HTTP answer with a GraphQL error. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** More for programs, beside the code: a limit, for example, and what broke it. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A guard throws only if it has a bug; the request is refused then, too. */
export interface Guard<Subject> {
  /** Tests go by it; no two guards have the same. */
  readonly name: string;
  /** Why the subject is refused, or undefined if this guard lets it pass; a promise only if it has to wait. */
  check(subject: Subject, exchange: Exchange): Refusal | undefined | Promise<Refusal | undefined>;
}

/** What is there of a request before its body is read. */
export type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders' | 'httpVersion'>;

/** Asked before the body is read. */
export type RequestGuard = Guard<RequestHead>;

/** Asked when the body is read, which is empty unless it is a POST request. One that is too large is cut off. */
export type BodyGuard = Guard<Buffer>;

/** Asked when the parts of a request with files are read. */
export type UploadGuard = Guard<Upload>;

/** Asked when the parameters are read, before the document is parsed; of those that cannot be read, nothing is there. */
export type DocumentGuard = Guard<SentDocument>;

/** Asked before the operation is executed. */
export type OperationGuard = Guard<OperationRequest>;

/** The guards in the order in which they are asked; the first that refuses decides. */
export interface Guards {
  /** Of every HTTP request but those for the gateway's health, before anything of it is looked at: until its turn has come. */
  readonly turn: readonly RequestGuard[];
  /** Of every HTTP request, whatever its path. */
  readonly everyRequest: readonly RequestGuard[];
  /** Of every request to the GraphQL endpoint, before its body is read. */
  readonly graphqlRequest: readonly RequestGuard[];
  /** Of every such request, when nothing more of it is waited for and nothing of it is looked at. */
  readonly arrival: readonly BodyGuard[];
  /** Of every such request that comes with files, before the guards of bodies. */
  readonly upload: readonly UploadGuard[];
  /** Of the bytes of every such request's body; of one with files, without them. */
  readonly body: readonly BodyGuard[];
  /** Of what every such request says of its document. */
  readonly document: readonly DocumentGuard[];
  /** Of every operation that is about to be executed. */
  readonly operation: readonly OperationGuard[];
}
