// What people write into a roster, whichever program they wrote it with: marks that cannot be seen, digits of full width.

/** Without blanks at the ends and marks that cannot be seen: they are nobody's name, and a spreadsheet loses them on the way. */
export function seen(text: string): string {
  return text.replaceAll(/[\u200b-\u200f\ufeff]/gu, '').replace(/^[\s　]+|[\s　]+$/gu, '');
}

/** Digits and letters of full width become plain: １３８ is 138. */
export function narrow(text: string): string {
  return text
    .replaceAll('　', ' ')
    .replaceAll(/[！-～]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}
