/**
 * `json.dumps(value)` of Python: one line, a blank after each comma and colon, everything beyond ASCII escaped,
 * so that scripts that compare or grep the original's text find the same one.
 */
export function pythonJson(value: unknown): string {
  // An indented text has its only line breaks between values: what they become makes it one line again.
  const indented = JSON.stringify(value ?? null, null, 1);
  return ascii(indented.replace(/(?<=[[{])\n *|\n *(?=[\]}])/g, "").replace(/\n */g, " "));
}

function ascii(text: string): string {
  if (!/[\u007f-\uffff]/.test(text)) return text;
  return text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
