/** Whether text from a person or a button can be the id of a row at all: Postgres refuses a query with anything else. */
export function isRowId(text: string): boolean {
  return /^[0-9]{1,18}$/.test(text);
}
