// What stands in a blueprint may be anything, and is shown on terminals.

/** Characters that move the cursor, change colours, turn the direction of writing or have no width. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** The text with a sign in the place of each character that a terminal would act upon. Line feeds stay. */
export const visible = (text: string): string =>
  text.replaceAll("\t", "    ").replace(UNSEEN, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\ufffd";
  });
