/** Why local AWS cannot start, in one line for a person; a stack trace would add nothing. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}

/** Another local AWS works on the folder. */
export class FolderInUseError extends StartupError {
  /** Where it listens, if that can be known. */
  readonly address: string | undefined;

  constructor(
    message: string,
    { address, cause }: { readonly address: string | undefined; readonly cause: unknown },
  ) {
    super(message, { cause });
    this.address = address;
  }
}
