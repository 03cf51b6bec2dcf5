// The SIPp scenario of one caller: INVITE with a password, until the answer or the refusal that is expected.

export interface CallerScenario {
  readonly from: string;
  readonly password: string;
  readonly number: string;
  /** The final status that counts as success; another one fails the call. */
  readonly expectedStatus: number;
  /** How long an answered call stays up. */
  readonly holdMs: number;
}

/**
 * The scenario as SIPp's XML. `rrs` makes `[next_url]` and `[routes]` right, without which ACK and BYE go
 * astray.
 */
export function callerXml(scenario: CallerScenario): string {
  const { expectedStatus, holdMs, from, password } = scenario;
  const answered = expectedStatus >= 200 && expectedStatus < 300;
  const credentials = `[authentication username=${from} password=${password}]`;
  const ending = answered
    ? `  <send>${cdata(inDialog('ACK', scenario))}</send>
  <pause milliseconds="${holdMs}"/>
  <send retrans="500">${cdata(inDialog('BYE', scenario))}</send>
  <recv response="200"/>`
    : `  <send>${cdata(refusedAck(scenario, 2))}</send>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="caller">
  <send retrans="500">${cdata(invite(scenario, 1, ''))}</send>
  <recv response="100" optional="true"/>
  <recv response="401" auth="true"/>
  <send>${cdata(refusedAck(scenario, 1))}</send>
  <send retrans="500" start_rtd="setup">${cdata(invite(scenario, 2, `${credentials}\n`))}</send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
  <recv response="${expectedStatus}" rtd="setup"${answered ? ' rrs="true"' : ''}/>
${ending}
</scenario>
`;
}

function invite(scenario: CallerScenario, sequence: number, authorization: string): string {
  return `INVITE sip:${scenario.number}@[remote_ip]:[remote_port] SIP/2.0
${parties(scenario, '')}
CSeq: ${sequence} INVITE
Contact: <sip:${scenario.from}@[local_ip]:[local_port]>
Max-Forwards: 70
${authorization}Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
`;
}

function refusedAck(scenario: CallerScenario, sequence: number): string {
  return `ACK sip:${scenario.number}@[remote_ip]:[remote_port] SIP/2.0
${parties(scenario, '[peer_tag_param]')}
CSeq: ${sequence} ACK
Max-Forwards: 70
Content-Length: 0
`;
}

function inDialog(method: 'ACK' | 'BYE', scenario: CallerScenario): string {
  return `${method} [next_url] SIP/2.0
${parties(scenario, '[peer_tag_param]')}
CSeq: ${method === 'ACK' ? 2 : 3} ${method}
[routes]
Max-Forwards: 70
Content-Length: 0
`;
}

function parties({ from, number }: CallerScenario, peerTag: string): string {
  return `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${from}@[remote_ip]>;tag=[pid]c[call_number]
To: <sip:${number}@[remote_ip]>${peerTag}
Call-ID: [call_id]`;
}

function cdata(message: string): string {
  return `<![CDATA[\n${message}\n]]>`;
}
