// The files of a lab's Asterisk that have nothing to do with calls: folders, log, HTTP, ARI, AMI.
import type { LabPorts } from '../ports.ts';

/** One user for each door, with passwords drawn for this lab. */
export interface LabUsers {
  readonly ari: { readonly username: string; readonly password: string };
  readonly ami: { readonly username: string; readonly password: string };
}

/** asterisk.conf; `directory` is the lab's own, as Asterisk sees it. */
export function asteriskConf(directory: string, moduleFolder: string, verbosity: number): string {
  return `[directories]
astetcdir => ${directory}/etc
astmoddir => ${moduleFolder}
astvarlibdir => ${directory}/lib
astdbdir => ${directory}/lib
astkeydir => ${directory}/lib
astdatadir => ${directory}/data
astagidir => ${directory}/data/agi-bin
astspooldir => ${directory}/spool
astrundir => ${directory}/run
astlogdir => ${directory}/log

[options]
verbose = ${verbosity}
nocolor = yes
dontwarn = yes
`;
}

export function loggerConf(): string {
  return `[general]
dateformat=%F %T.%3q

[logfiles]
full => notice,warning,error,verbose
`;
}

export function httpConf(ports: LabPorts): string {
  return `[general]
enabled=yes
bindaddr=127.0.0.1
bindport=${ports.http}
sessionlimit=1000
session_inactivity=60000
session_keep_alive=60000
`;
}

/** Asterisk closes a WebSocket whose client cannot take a write for 100 ms; a busy machine needs more. */
export function ariConf(users: LabUsers): string {
  return `[general]
enabled=yes
websocket_write_timeout=1000

[${users.ari.username}]
type=user
read_only=no
password_format=plain
password=${users.ari.password}
`;
}

export function managerConf(ports: LabPorts, users: LabUsers): string {
  const classes = 'system,call,log,verbose,command,agent,user,config,reporting,cdr,dialplan,originate';
  return `[general]
enabled=yes
bindaddr=127.0.0.1
port=${ports.ami}
displayconnects=no

[${users.ami.username}]
secret=${users.ami.password}
deny=0.0.0.0/0.0.0.0
permit=127.0.0.1/255.255.255.255
read=${classes}
write=${classes}
writetimeout=1000
eventfilter=Event: Pickup
`;
}

/** Asterisk's own tones, as Dial and Playtones ask for them. */
const northAmericanTones = `[general]
country=us

[us]
description=United States / North America
ringcadence=2000,4000
dial=350+440
busy=480+620/500,0/500
ring=440+480/2000,0/4000
congestion=480+620/250,0/250
callwaiting=440/300,0/10000
`;

/** Files that must be there, or that switch something off. */
export const quietFiles: Readonly<Record<string, string>> = {
  'acl.conf': '',
  'ccss.conf': '[general]\n',
  'cdr.conf': '[general]\nenable=no\n',
  'cel.conf': '[general]\nenable=no\n',
  'codecs.conf': '',
  'features.conf': '[general]\n\n[featuremap]\nblindxfer => ##\n',
  'indications.conf': northAmericanTones,
  'pjproject.conf': '',
  'pjsip_notify.conf': '',
  'queuerules.conf': '',
  'sorcery.conf': '',
  'stasis.conf': '',
  'udptl.conf': '',
  'websocket_client.conf': '',
};
