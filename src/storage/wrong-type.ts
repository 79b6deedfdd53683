/** A value that its column cannot hold. The compiler checks the program's own: such a one came with a request. */
export class WrongType extends Error {
  constructor(what: string, wanted: string, value: unknown) {
    super(`${what} must be ${wanted}, got ${JSON.stringify(value)}`);
    this.name = "WrongType";
  }
}
