/** Names of people and of account holders, as two papers write them differently. */

/** Full-width forms of ASCII stand this far behind it. */
const WIDE = 0xfee0;

/**
 * A name for comparison (C.1 银行卡): full-width letters and figures as ASCII, without spaces and without the dot
 * between the parts of a name, however it is written. Variants of a character stay different characters.
 */
export const plainName = (name: string): string =>
  name
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - WIDE))
    .replace(/[\s·•・･.‧∙⋅]/g, '');
