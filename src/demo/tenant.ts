/** The tenant the demo is written for. */
export interface Tenant {
  readonly id: string;
  readonly displayName: string;
  /** What stands after the @ of everybody's name. */
  readonly domain: string;
}
