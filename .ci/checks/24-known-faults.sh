#!/usr/bin/env bash
# minutes: 1
# Known faults of the packages that run in production, where the registry tells them.
npm audit --omit=dev --json 2>/dev/null | node scripts/known-faults.mjs
