#!/bin/sh
# Makes the secrets that compose.yaml mounts: a password for Postgres, its URL, and the external id of the auditor roles.
# What is there already stays, so it may run before every start.
set -eu
directory="$(cd "$(dirname "$0")" && pwd)/secrets"

# The directory keeps others out; within the container the file must be readable by a user that this machine does not know.
umask 077
mkdir -p "$directory"

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

put() {
  if [ ! -e "$directory/$1" ]; then
    printf '%s' "$2" >"$directory/$1"
    chmod 644 "$directory/$1"
    echo "made infra/docker/secrets/$1"
  fi
}

put postgres-password "$(random)"
put database-url "postgres://ecr_audit:$(cat "$directory/postgres-password")@postgres:5432/ecr_audit"
put external-id "$(random)"
