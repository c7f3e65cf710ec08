/** The database cannot be used; the message is for the gateway's operator. */
export class DatabaseError extends Error {
  override readonly name: string = 'DatabaseError';
}

/** There is none, and will be none before the gateway's operator changes something. */
export class NoDatabaseError extends DatabaseError {
  override readonly name = 'NoDatabaseError';
}

/** A caller asks for more than it has time for; others are served. */
export class CrowdedDatabaseError extends DatabaseError {
  override readonly name = 'CrowdedDatabaseError';
}
