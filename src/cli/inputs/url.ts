/** What can be fetched from elsewhere, and is no path of this machine. */
export const isUrl = (word: string): boolean => /^(https?|ftp|file):\/\//i.test(word);
