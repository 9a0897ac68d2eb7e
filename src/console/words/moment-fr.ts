/** "14:05", as Intl writes it, as it is written in French: "14 h 05". */
export const frenchHour = (written: string) => written.replace(':', '\u00a0h\u00a0');

/** When something was, with its day: "12 mars à 14 h 05". */
const MOMENT = new Intl.DateTimeFormat('fr-FR', {
  ...{ day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', timeZone: 'Europe/Paris' },
});

export const dayAndHour = (instant: number) => frenchHour(MOMENT.format(instant));
