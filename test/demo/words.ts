// What the demonstration says, in both languages.
const english = {
  usage: `npm run demo:community -- [--people N] [--days N] [--keep FOLDER] [--no-open]

  --people N     installations, 200 where nothing is said, 12 at least
  --days N       days that each shares, 60 where nothing is said, 14 to 80
  --keep FOLDER  works in this new folder and leaves it, instead of in a temporary one
  --no-open      opens no browser and waits for no Enter`,
  badNumber: (option: string, least: number, most: number) =>
    `${option} takes a number from ${least} to ${most}.`,
  badFolder: (folder: string) => `${folder} is there already: --keep takes a folder that isn't.`,
  server: (address: string, threshold: number) =>
    `The community server runs on SQLite: ${address}. It tells nothing of fewer than ${threshold} contributors, and counts at most 3 of a network for each cell and day.`,
  installing: (people: number, first: string, last: string) =>
    `${people} programs are installed, each with a file of its own person's work, each with a network to itself: from ${first} to ${last}.`,
  switchingOn: 'Each person ticks the file, looks at what would leave, and switches on what was shown.',
  passing: (days: number) =>
    `${days} days pass. Each opens the program when they do; whole days are frozen, lie in the queue for an hour, and leave when they are due.`,
  day: (day: string, held: number) => `   ${day}  the server holds ${held} reports`,
  renewed: 'The night comes, and the server renews its trends. The newest week:',
  opened: (person: number, address: string) =>
    `The viewer opens as person ${person}: ${address}\n   Press 5 there for Community, and Fetch: the request carries nothing of yours, and you are marked among the others.`,
  enter: 'Press Enter here to take one other person back.',
  takingBack: (person: number) =>
    `Person ${person} takes all of it back, showing each batch's secret. They are one of just enough who use security-auditor.`,
  takenBack: (confirmed: number, before: number, after: number) =>
    `${confirmed} deletions are confirmed, each by a signed receipt; the server held ${before} reports of theirs and holds ${after}.`,
  again: 'The next night. The same week, without them:',
  over: (word: string, before: boolean, after: boolean) =>
    `${word}: ${before ? 'told before' : 'not told before'}, ${after ? 'told after' : 'part of "other" after'}. Fetch again in the viewer to see it there.`,
  end: (folder: string | null) =>
    folder === null
      ? 'Ctrl-C ends all of it and leaves nothing behind.'
      : `Ctrl-C ends all of it. What it made stays in ${folder}.`,
}
const german: typeof english = {
  usage: `npm run demo:community -- [--people N] [--days N] [--keep FOLDER] [--no-open]

  --people N     Installationen, ohne Angabe 200, mindestens 12
  --days N       Tage, die jede teilt, ohne Angabe 60, von 14 bis 80
  --keep FOLDER  arbeitet in diesem neuen Ordner und lässt ihn stehen, statt in einem vorübergehenden
  --no-open      öffnet keinen Browser und wartet auf keine Eingabe`,
  badNumber: (option, least, most) => `${option} nimmt eine Zahl von ${least} bis ${most}.`,
  badFolder: (folder) => `${folder} gibt es schon: --keep nimmt einen Ordner, den es noch nicht gibt.`,
  server: (address, threshold) =>
    `Der Gemeinschafts-Server läuft auf SQLite: ${address}. Er sagt nichts über weniger als ${threshold} Beitragende und zählt je Zelle und Tag höchstens 3 aus einem Netz.`,
  installing: (people, first, last) =>
    `${people} Programme werden installiert, jedes mit einer Datei von der Arbeit seiner Person und einem eigenen Netz: von ${first} bis ${last}.`,
  switchingOn:
    'Jede Person hakt die Datei an, sieht sich an, was hinausginge, und schaltet ein, was gezeigt wurde.',
  passing: (days) =>
    `${days} Tage vergehen. Jede öffnet das Programm, wann sie es eben tut; ganze Tage werden eingefroren, liegen eine Stunde in der Warteschlange und gehen hinaus, wenn sie fällig sind.`,
  day: (day, held) => `   ${day}  der Server hat ${held} Berichte`,
  renewed: 'Es wird Nacht, und der Server erneuert seine Trends. Die neueste Woche:',
  opened: (person, address) =>
    `Das Programm öffnet sich als Person ${person}: ${address}\n   Dort 5 für Gemeinschaft drücken und Abrufen: die Anfrage enthält nichts Eigenes, und Sie sind unter den anderen markiert.`,
  enter: 'Hier die Eingabetaste drücken, um eine andere Person zurückzunehmen.',
  takingBack: (person) =>
    `Person ${person} nimmt alles zurück und zeigt dazu das Geheimnis jedes Stapels. Sie ist eine von gerade genug, die security-auditor verwenden.`,
  takenBack: (confirmed, before, after) =>
    `${confirmed} Löschungen sind bestätigt, jede durch eine unterschriebene Quittung; der Server hatte ${before} Berichte von ihr und hat ${after}.`,
  again: 'Die nächste Nacht. Dieselbe Woche, ohne sie:',
  over: (word, before, after) =>
    `${word}: vorher ${before ? 'genannt' : 'nicht genannt'}, nachher ${after ? 'genannt' : 'ein Teil von „other“'}. Im Programm noch einmal abrufen, um es dort zu sehen.`,
  end: (folder) =>
    folder === null
      ? 'Strg-C beendet alles und lässt nichts zurück.'
      : `Strg-C beendet alles. Was entstand, bleibt in ${folder}.`,
}

export const wordsIn = { en: english, de: german }
