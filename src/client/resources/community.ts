import type { CallOptions, Rest } from "../rest.ts";

export interface Contact {
  first_name: string;
  last_name: string;
  email: string;
  phone: string;
  /** Whether the license of the community edition is agreed to. */
  is_eula: boolean;
}

export const community = (rest: Rest) => ({
  /** Registers a user, and tells the server the customer id that comes of it. Resolves to that id. */
  register: async (contact: Contact, options?: CallOptions): Promise<string> => {
    const { customer_id } = await rest.post<{ customer_id: string }>("contacts", { json: contact, ...options });
    await rest.post("license", { json: { customer_id }, ...options });
    return customer_id;
  },
});
