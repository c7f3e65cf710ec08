/** The database cannot be used; the message is for the gateway's operator. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}
