#!/usr/bin/env bash
# minutes: 2
exec npm run lint
