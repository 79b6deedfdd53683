import { BadValue, type ValueType } from "../../value-type.ts";

export interface Address {
  host: string;
  port: number;
}

/** `HOST:PORT`, `:PORT` for all addresses, `[::1]:PORT` for IPv6. */
export const addressType: ValueType<Address> = {
  parse(word) {
    const [, inBrackets, plain, digits] = /^(?:\[([^\]]+)\]|([^:]*)):(\d+)$/.exec(word) ?? [];
    const port = Number(digits);
    if (digits === undefined || port > 65_535) {
      throw new BadValue(`${JSON.stringify(word)} is not an address; write HOST:PORT, such as 127.0.0.1:8080`);
    }
    return { host: inBrackets || plain || "0.0.0.0", port };
  },
};
