#!/usr/bin/env bash
# Gives a user the rights that partner-cloud needs on an EventStoreDB, and takes those away that it must not have.
# Usage: ES=https://HOST:2113 ADMIN=admin:PASSWORD SERVICE_USER=partner-cloud [PREFIX=partnercloud] deploy/eventstoredb/rights.sh
# It may be repeated. Source: EventStoreDB, Access control lists; the stream metadata over HTTP.
set -euo pipefail
: "${ES:?the address of the server}" "${ADMIN:?user:password of an administrator}" "${SERVICE_USER:?the user of the service}"
prefix=${PREFIX:-partnercloud}

post() { # stream, event type, JSON
  curl --fail --silent --show-error --user "$ADMIN" -X POST "$ES/streams/$1" \
    -H 'content-type: application/json' -H "es-eventtype: $2" -H "es-eventid: $(cat /proc/sys/kernel/random/uuid)" -d "$3"
}

# The service reads the whole log; without this only administrators may.
post '%24all/metadata' '$metadata' "{\"\$acl\":{\"\$r\":[\"$SERVICE_USER\",\"\$admins\"]}}"
# Nobody but an administrator deletes a stream or changes what may be done with one.
post '%24settings' 'update-default-acl' \
  "{\"\$userStreamAcl\":{\"\$r\":[\"$SERVICE_USER\",\"\$admins\"],\"\$w\":[\"$SERVICE_USER\",\"\$admins\"],\"\$d\":\"\$admins\",\"\$mr\":\"\$admins\",\"\$mw\":\"\$admins\"}}"
# Of the lease only the last renewal matters; the others can be scavenged.
post "$prefix.lease/metadata" '$metadata' '{"$maxCount":1}'
echo "The rights of $SERVICE_USER on $ES are as they should be."
