/** @throws where the room's page has no such element. */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`No #${id} in the room page.`);
  return found;
}
