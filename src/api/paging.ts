/** The envelope of every list answer, and the query that asks for one page. */

export interface Page<Item> {
  items: Item[];
  metadata: {
    pagination: { total: number; size: number; offset: number };
    /** How many more were visible before filter rules hid them; null without rules, absent on events. */
    filtered?: number | null;
  };
}

export const DEFAULT_PAGE_SIZE = 1000;

/** Underscored query parameters that lists understand; every other key filters by a field of the resource. */
export interface ListQuery {
  _include?: string[];
  /** `field` ascending, `-field` descending; several in order of weight. */
  _sort?: string | string[];
  _size?: number;
  _offset?: number;
  _search?: string;
  _all_tenants?: boolean;
  _get_all_results?: boolean;
  [filter: string]: QueryValue;
}

export type QueryValue = string | number | boolean | null | undefined | readonly (string | number | boolean)[];
