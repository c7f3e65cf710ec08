/** This process does not perform the change any more: another took it over. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}
