/** When something was, with its day: "12 mars à 14:05". */
const MOMENT = new Intl.DateTimeFormat('fr-FR', {
  ...{ day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', timeZone: 'Europe/Paris' },
});

export const dayAndHour = (instant: number) => MOMENT.format(instant);
