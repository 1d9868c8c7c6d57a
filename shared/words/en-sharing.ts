// The screens of sharing and of the community: what is true of them in this version.
export const sharing = {
  off: 'Nothing leaves this machine',
  lead: 'Sharing isn’t switched on, and this version can’t switch it on yet. What would leave, once it can be, is shown here to the last byte.',
  on: (level: string, since: string) => `Sharing is on: ${level}, since ${since}`,
  onLead: 'It was switched on for another version of this program. This version sends nothing yet.',
  forcedOff: {
    DO_NOT_TRACK: 'The environment has DO_NOT_TRACK set, which keeps sharing off.',
    SIGHTGLASS_SHARING: 'The environment has SIGHTGLASS_SHARING set, which keeps sharing off.',
    policy: 'The machine’s policy file keeps sharing off.',
  },
  destinations: 'Destinations',
  nowhere: 'None is set.',
  preview: 'What would leave',
  previewLead:
    'The daily report of the open file’s last whole day that has events, as its very bytes. Making it sends nothing.',
  noFile: 'Open a file to see what would leave of it.',
  dropped: 'A dropped file can only be viewed. Open it by its path to see what would leave of it.',
  level: 'Level',
  levels: { basic: 'Basic: kinds of events only', detailed: 'Detailed: kinds and their dimensions' },
  working: 'Making the report',
  day: 'Day (UTC)',
  size: 'Size',
  hash: 'SHA-256',
  bytes: 'Bytes of the report',
  ids: 'The ids are zeros here: real ones are drawn at random when something is sent.',
  notSent: 'Nothing was sent.',
  again: 'Try again',
}

export const community = {
  nothing: 'Nothing is fetched',
  lead: 'Trends of those who share, and where you stand among them, come with a later version. Until then this screen asks nothing of anybody: no connection is opened.',
  yours: 'Your own figures are on the Overview.',
  toOverview: 'Go to Overview',
}
