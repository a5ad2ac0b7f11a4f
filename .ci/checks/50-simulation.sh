#!/usr/bin/env bash
# minutes: 4
# A hundred seeds of the crash simulation.
exec npm run --silent test:simulation -- crash
