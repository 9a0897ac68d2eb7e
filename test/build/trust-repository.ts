/** What makes apt take our packages, and from nowhere else: one shell script, for roots of any kind. */

const KEY = '/etc/apt/keyrings/vis-a-vis.gpg';

/** @param repository a folder, seen in the root at the same place. @param address where apt reads it. */
export function trustRepository(repository: string, channel: string, address = `file:${repository}`): string {
  return `mkdir -p /etc/apt/keyrings
    cp '${repository}/vis-a-vis.gpg' ${KEY}
    echo 'deb [signed-by=${KEY} check-date=yes check-valid-until=yes] ${address} ${channel} main' > /etc/apt/sources.list.d/vis-a-vis.list`;
}
