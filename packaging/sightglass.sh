#!/bin/sh
# `sightglass`: the command line of the installed program. It has no window; without a display Chromium is told to
# look for none. Everything after -- is the person's own words (electron/arguments.ts).
here=$(dirname "$(readlink -f "$0")")
display=
if [ "$(uname)" = Linux ] && [ -z "$DISPLAY$WAYLAND_DISPLAY" ]; then display=--ozone-platform=headless; fi
for program in "$here/sightglass-desktop" "$here/../../MacOS/Sightglass" /opt/Sightglass/sightglass-desktop; do
  if [ -x "$program" ]; then exec "$program" $display --command-line -- "$@"; fi
done
echo 'sightglass: the program that belongs to this command is not where it was installed' >&2
exit 127
