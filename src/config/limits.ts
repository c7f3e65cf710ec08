/** The variables that bound what requests may ask for, how long they may take, and how many there may be. */
import { getHeapStatistics } from 'node:v8';
import { ownWholeNumber, text, type ValuesOf, wholeNumber } from './variable.ts';

/** 256 MiB: JavaScript has no texts of more than 512. */
const MAX_BYTES = 268_435_456;

const most = 1_000_000_000;

const heapBytes = getHeapStatistics().heap_size_limit;
const anEighthOfTheHeap = Math.floor(heapBytes / 8);

/** What the largest head of a request takes while it comes, and what is made of it, with as much for all else. */
const CONNECTION_BYTES = 65_536;

export const limits = {
  maxBodyBytes: wholeNumber(
    'MAX_BODY_BYTES',
    { min: 1_024, max: MAX_BYTES, fallback: 1_048_576 },
    'How large the body of a request may be, in bytes. A request that creates 25 users with every member at its longest is smaller than the default. Its JSON may be nested 100 levels deep, and have a value for each 8 of its bytes, or 1,000.',
  ),
  maxUploadBytes: wholeNumber(
    'MAX_UPLOAD_BYTES',
    { min: 1_024, max: MAX_BYTES, fallback: 33_554_432 },
    'How large the body of a request with files may be, in bytes: a file of 100,000 users has some 20 MB. AWS takes images of up to 5 MB, which is checked by itself.',
  ),
  maxUploadFiles: wholeNumber(
    'MAX_UPLOAD_FILES',
    { min: 0, max: 1_000, fallback: 4 },
    'How many files may come with a request.',
  ),
  maxAnswerBytes: wholeNumber(
    'MAX_ANSWER_BYTES',
    { min: 1_024, max: MAX_BYTES, fallback: 10_485_760 },
    'How large an answer may be, in bytes; a larger one is an error that names the limit.',
  ),
  maxAnswerValues: wholeNumber(
    'MAX_ANSWER_VALUES',
    { min: 1, max: most, fallback: 100_000 },
    'How many values an answer may have, weighed before the operation runs. A page of 1,000 users with every field has 59,000. What is wrong with an input, or a row of a job, counts as 10 issues, each at a place of 3 names, and as 10 values in the message of its error. An item of a list in the input of a mutation, as of a batch, counts as 10 at least, whatever is asked for, so that those of an operation may have 10,000 items by default; rows of bulk jobs do not.',
  ),
  maxTokens: wholeNumber(
    'MAX_DOCUMENT_TOKENS',
    { min: 1, max: most, fallback: 20_000 },
    'How many names, punctuation marks and values a document may have. 25 creates with every member are some 7,000.',
  ),
  maxDirectives: wholeNumber(
    'MAX_DOCUMENT_DIRECTIVES',
    { min: 0, max: most, fallback: 100 },
    'How many directives, such as `@include`, a document may have.',
  ),
  maxRootFields: wholeNumber(
    'MAX_DOCUMENT_ROOT_FIELDS',
    { min: 1, max: most, fallback: 25 },
    'How many fields an operation may have at the top, aliases included: each is at least one call to AWS.',
  ),
  maxDepth: wholeNumber(
    'MAX_DOCUMENT_DEPTH',
    { min: 1, max: 100, fallback: 20 },
    'How many levels of fields an operation may have. GraphiQL’s introspection has 15.',
  ),
  maxFields: wholeNumber(
    'MAX_DOCUMENT_FIELDS',
    { min: 1, max: most, fallback: 1_000 },
    'How many fields an operation may have, those of a fragment as often as it is used.',
  ),
  // Fits a list in a list with a look-up for each entry, 1 + 50 + 50 × 50 by the defaults of the schema. Smaller pages in
  // lists would fit less, but the schema could not tell of a default that depends on where its field stands. It bounds what
  // few words can ask for; how fast calls are made, and for how long, have bounds of their own.
  maxUpstreamCalls: wholeNumber(
    'MAX_UPSTREAM_CALLS',
    { min: 1, max: most, fallback: 3_000 },
    'How many calls to AWS an operation may take, counted with its variables before it runs: one for each of AWS’s pages, look-ups, ids of `nodes` and changes, those below a list for each entry. Finding a Rekognition user counts as 20: AWS can only list them, 500 at a time. The changes of an operation’s first batch do not count against it, since its caller wrote down each item; MAX_ANSWER_VALUES bounds those. The operations of one caller that are under way (without authentication, of one address) may take twice as many, all of them together, and those of all callers four times as many; those that take up to 25 do not count. What is beyond is answered with 503 at once.',
  ),
  maxDatabaseReads: wholeNumber(
    'MAX_DATABASE_READS',
    { min: 1, max: most, fallback: 1_500 },
    'How often an operation may read the gateway’s own database, counted with its variables before it runs: one for each list of jobs, rows or audit events, for each job that is found by its id, and for each job whose counts, rate or estimated end are asked for, those below a list for each entry. A page of 1,000 jobs with their counts takes 1,001. The operations of one caller that are under way may read it as often, all of them together, and those of all callers four times as often.',
  ),
  maxUpstreamBytes: wholeNumber(
    'MAX_UPSTREAM_BYTES',
    { min: 1_024, max: MAX_BYTES, fallback: 33_554_432 },
    'How many bytes of AWS’s answers one request may read, all of them together. Reads that go beyond are given up, with an error that names the limit; changes are not counted.',
  ),
  requestTimeoutMs: wholeNumber(
    'REQUEST_TIMEOUT_MS',
    { min: 1, max: 2_147_483_647, fallback: 30_000 },
    'How long a request may read from AWS, in milliseconds. Reads that are under way then are given up, and others not sent; changes go on to their end.',
  ),
  maxConnections: ownWholeNumber(
    'MAX_CONNECTIONS',
    {
      min: 1,
      max: most,
      fallback: Math.floor(heapBytes / CONNECTION_BYTES),
      words: 'one for each 64 KiB of what the heap may have',
    },
    'How many connections of clients may be open at a time. Beyond, one is closed for each that opens: of the address (of IPv6, the network of 64 bits) that has the most, the oldest that waits for no answer. The default goes by the heap, some 7,000 of a `--max-old-space-size` of 256.',
  ),
  maxInFlight: wholeNumber(
    'MAX_IN_FLIGHT',
    { min: 1, max: 1_000_000, fallback: 2_000 },
    'How many GraphQL requests may be under way at a time, half of them of one caller that has a token; others are answered with 503 at once. Those whose bodies still come have no place, and may be as many; beyond, the one that has come longest, of the caller that has most of them, is answered with 503. As many may wait for their turn, while the gateway has more to do than it can; beyond, the last of the longest line is answered with 503.',
  ),
  maxBodyBytesInFlight: ownWholeNumber(
    'MAX_BODY_BYTES_IN_FLIGHT',
    {
      min: 65_536,
      max: most,
      fallback: anEighthOfTheHeap,
      words: 'an eighth of what the heap may have',
    },
    'How many bytes of memory the bodies of all requests under way may take together: their own, those with files too; 280 for each value of their JSON, which is the most that one takes once it is parsed; and, of documents that take more than 16 KiB, 240 for each name, punctuation mark and value and 2 for each character, once for all requests that have the same. What takes up to 16 KiB is not counted. Those of one caller may take half of it (without authentication, of one address); a request beyond it is answered with 503 at once, and so is one whose body has been coming for 5 seconds when others need the room. A body that is its caller’s only one is not bounded by the half, and one that is alone not at all. The default goes by the heap that V8 was given (`--max-old-space-size`, or the memory of the container), in MB some 56 of 256, 88 of 512, 536 of 4,096.',
  ),
  maxUpstreamBytesInFlight: ownWholeNumber(
    'MAX_UPSTREAM_BYTES_IN_FLIGHT',
    {
      min: 65_536,
      max: most,
      fallback: anEighthOfTheHeap,
      words: 'an eighth of what the heap may have',
    },
    'How many bytes of AWS’s answers all requests under way may have read together, those of requests that have read up to 16 KiB not counted, and those of one caller half of it (without authentication, of one address). Reads that go beyond are given up, with an error that can be tried again; changes go on to their ends. A request that is its caller’s only one is not bounded by the half, and one that is alone not at all. The default goes by the heap, as that of MAX_BODY_BYTES_IN_FLIGHT.',
  ),
  maxAnswerValuesInFlight: wholeNumber(
    'MAX_ANSWER_VALUES_IN_FLIGHT',
    { min: 1, max: most, fallback: 500_000 },
    'How many values the answers that are being made may have together, those of up to 500 not counted, and those to one caller half of it (without authentication, to one address). As many again may wait for 5 seconds; a request beyond that is answered with 503 at once. An answer that is its caller’s only one is not bounded by the half, and one that is alone not at all.',
  ),
  maxSubscriptions: wholeNumber(
    'MAX_SUBSCRIPTIONS',
    { min: 0, max: 100_000, fallback: 100 },
    'How many subscriptions may be open at a time, half of them of one caller, and without authentication of one address; others are answered with 503 at once. They take none of the places of MAX_IN_FLIGHT.',
  ),
  rate: text(
    'RATE_LIMIT',
    {
      type: 'a number of requests a second or a minute, such as 50/s or 600/min, or off',
      fallback: 'off',
      read: rateOrOff,
    },
    'How often each principal may send GraphQL requests; without authentication, each address. What is beyond it is answered with 429. It is counted by each process.',
  ),
  rateBurst: wholeNumber(
    'RATE_BURST',
    { min: 0, max: 1_000_000, fallback: 0 },
    'How many requests of RATE_LIMIT may come at once; 0 for as many as its number.',
  ),
  badTokenRate: text(
    'BAD_TOKEN_RATE',
    {
      type: 'a number of tokens a second or a minute, such as 50/s or 600/min, or off',
      fallback: '600/min',
      read: rateOrOff,
    },
    'How many bad tokens of an address are verified; what is beyond it is answered with 429. Tokens that were found good before are taken all the same. It is counted by each process.',
  ),
  trustedProxies: wholeNumber(
    'TRUSTED_PROXIES',
    { min: 0, max: 10, fallback: 0 },
    'How many proxies stand before the gateway that add the address of their client to `x-forwarded-for`, such as 1 for an Application Load Balancer. With 0, a request is counted as one of the address that it comes from.',
  ),
};

const secondsOf: Readonly<Record<string, number>> = { s: 1, min: 60 };

function rateOrOff(given: string) {
  return given === 'off' ? 'off' : rateOf(given);
}

function rateOf(given: string) {
  const [, requests = '', unit = ''] = /^([1-9]\d{0,8})\/(s|min)$/.exec(given) ?? [];
  const seconds = secondsOf[unit];
  return seconds === undefined ? undefined : { requests: Number(requests), seconds };
}

/** The values of these variables. */
export type LimitValues = ValuesOf<typeof limits>;
