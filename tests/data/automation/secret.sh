#!/bin/sh
# Stands for a secret store: prints the password of a profile's certificate. That of the sandbox is public.
case $1 in
kunde-*) echo demo-1234 ;;
*)
  echo "no secret for $1" >&2
  exit 1
  ;;
esac
