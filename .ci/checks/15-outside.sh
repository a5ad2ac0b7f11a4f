#!/usr/bin/env bash
# minutes: 5
# The program as it was built, tried from outside: real processes, files, clocks, locks, proxies and disks.
exec npm run --silent test:outside
