// The files of a lab's Asterisk that say who can call: extensions, trunk, queue, media.
import type { LabPorts } from '../ports.ts';

/** Where the test carrier listens: an address of its own, by which Asterisk tells it from the phones. */
export interface CarrierAddress {
  readonly address: string;
  readonly port: number;
}

/** An extension with the contact that stands in the file, if it does not register. */
export interface ExtensionAccount {
  readonly extension: string;
  readonly password: string;
  readonly staticContact: string | null;
}

/** pjsip.conf: one endpoint per extension in context `phones`, and `trunk` in context `from-trunk`. */
export function pjsipConf(
  ports: LabPorts,
  accounts: readonly ExtensionAccount[],
  carrier: CarrierAddress,
): string {
  const general = `[global]
type=global
user_agent=Asterisk lab

[system]
type=system
timer_t1=500
timer_b=32000

[udp]
type=transport
protocol=udp
bind=127.0.0.1:${ports.sip}
`;
  return [general, ...accounts.map(extensionSections), trunkSections(carrier)].join('\n');
}

function extensionSections({ extension, password, staticContact }: ExtensionAccount): string {
  return `[${extension}]
type=endpoint
transport=udp
context=phones
disallow=all
allow=ulaw
direct_media=no
auth=${extension}
aors=${extension}
callerid="Phone ${extension}" <${extension}>

[${extension}]
type=auth
auth_type=userpass
username=${extension}
password=${password}

[${extension}]
type=aor
max_contacts=5
${staticContact === null ? '' : `contact=${staticContact}\n`}`;
}

function trunkSections({ address, port }: CarrierAddress): string {
  return `[trunk]
type=endpoint
transport=udp
context=from-trunk
disallow=all
allow=ulaw
direct_media=no
aors=trunk

[trunk]
type=aor
contact=sip:${address}:${port}

[trunk]
type=identify
endpoint=trunk
match=${address}
`;
}

export function rtpConf(ports: LabPorts): string {
  return `[general]
rtpstart=${ports.rtpFirst}
rtpend=${ports.rtpLast}
strictrtp=no
icesupport=no
`;
}

/** Queue `support` rings all its members at once; it is what extension 601 of the plain dialplan calls. */
export function queuesConf(members: readonly string[]): string {
  return `[general]
persistentmembers=no

[support]
strategy=ringall
timeout=30
retry=1
ringinuse=yes
${members.map((member) => `member => PJSIP/${member}\n`).join('')}`;
}

export function musicOnHoldConf(directory: string): string {
  return `[default]\nmode=files\ndirectory=${directory}\n`;
}

/**
 * The dialplan of a plain PBX without Callwarden: 1XXX calls a phone, 600 rings all but the first phone, 601
 * the queue of the same phones, 602 the same through Local channels; everything else goes out on the trunk.
 */
export function plainDialplan(extensions: readonly string[]): string {
  const group = extensions.slice(1);
  return `[general]
static=yes
writeprotect=yes

[phones]
exten => _1XXX,1,Dial(PJSIP/\${EXTEN},30)
exten => 600,1,Dial(${group.map((extension) => `PJSIP/${extension}`).join('&')},30)
exten => 601,1,Answer()
 same => n,Queue(support,,,,30)
exten => 602,1,Dial(${group.map((extension) => `Local/${extension}@phones`).join('&')},30)
exten => _[+*#0-9]!,1,Dial(PJSIP/\${EXTEN}@trunk,30)

[from-trunk]
exten => _1XXX,1,Goto(phones,\${EXTEN},1)
exten => _60[0-2],1,Goto(phones,\${EXTEN},1)
`;
}
