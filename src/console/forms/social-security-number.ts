/**
 * The French social security number (NIR): 13 characters and a key of two digits, 97 minus the rest of the number
 * divided by 97; Corsica's departments 2A and 2B count as 19 and 18 (INSEE, "numéro d'inscription au répertoire").
 */

/** Spaces are allowed. Without its key a number cannot be checked. */
export function isSocialSecurityNumber(text: string): boolean {
  return /^\d{5}(\d{2}|2[AB])\d{8}$/i.test(text.replace(/\s/g, ''));
}

export function socialSecurityKeyFits(text: string): boolean {
  const digits = text.replace(/\s/g, '').replace(/2A/i, '19').replace(/2B/i, '18');
  return 97n - (BigInt(digits.slice(0, 13)) % 97n) === BigInt(digits.slice(13));
}
