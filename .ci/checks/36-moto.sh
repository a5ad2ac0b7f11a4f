#!/usr/bin/env bash
# minutes: 3
# The service against an AWS that was not written here: moto, where its server is on the path.
exec npm run --silent test:moto
