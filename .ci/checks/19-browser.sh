#!/usr/bin/env bash
# minutes: 4
# The web console in a real browser. Debian's is installed where there is none and this machine lets us.
if [ ! -x /usr/bin/chromium ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  { apt-get update && apt-get install -y --no-install-recommends chromium; } >/dev/null 2>&1
fi
exec npm run --silent test:browser
