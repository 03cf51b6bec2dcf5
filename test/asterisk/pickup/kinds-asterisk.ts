// What the Asterisk of the kinds lab is told: numbers that ring in every way.
import { CODES, FEATURES_CONF } from './pickup-lab.ts';

/**
 * 600 rings three phones, 602 and 603 go through Local channels (604 and 615 are on the way of 603), 606 rings one phone
 * after the other, 607 a phone and then an announcement, 609 what 608 goes on to, as a forward by dialplan would; 610, 611
 * and 617 are queues (a pause between rings, two callers at once, a short one), 612 parks, 614 is an application of
 * somebody else, 605, 619 and 621 (which asks for a key) are FollowMe, 616 rings a phone for a second, 618 listens to a call, 620
 * takes the channel `leg`, as nothing of ours would.
 */
export const DIALPLAN = `[phones]
include => callwarden-pickup
exten => _10XX,1,Dial(PJSIP/\${EXTEN},30)
exten => 600,1,Dial(PJSIP/1002&PJSIP/1003&PJSIP/1004,30)
exten => 602,1,Dial(Local/1002@phones&Local/1003@phones/n,30)
exten => 603,1,Dial(Local/604@phones/n,30)
exten => 604,1,Dial(Local/615@phones/n,30)
exten => 615,1,Dial(Local/1002@phones,30)
exten => 605,1,FollowMe(both)
exten => 619,1,FollowMe(one)
exten => 621,1,FollowMe(asking)
exten => 620,1,Answer()
 same => n,PickupChan(leg)
 same => n,Hangup(21)
exten => 606,1,Dial(PJSIP/1002,1)
 same => n,Dial(PJSIP/1003,30)
exten => 607,1,Dial(PJSIP/1002,1)
 same => n,Answer()
 same => n,Wait(30)
exten => 608,1,Set(CALLFORWARD=1003)
 same => n,Goto(phones,\${CALLFORWARD},1)
exten => 609,1,Dial(Local/608@phones/n,30)
exten => 610,1,Answer()
 same => n,Queue(pausing,,,,20)
exten => 611,1,Answer()
 same => n,Queue(two,,,,20)
exten => 612,1,Answer()
 same => n,Park()
exten => 614,1,Stasis(somebody-else)
exten => 616,1,Dial(PJSIP/1002,1)
exten => 617,1,Answer()
 same => n,Queue(pausing,,,,3)
 same => n,Wait(30)
exten => 618,1,ChanSpy(PJSIP/1001)
exten => _9.,1,Dial(PJSIP/\${EXTEN:1}@trunk,30)

[from-trunk]
exten => _X.,1,Goto(phones,\${EXTEN:-4},1)

${CODES}`;

const QUEUES = `[general]
persistentmembers=no
autofill=yes
[pausing]
strategy=ringall
timeout=1
retry=2
ringinuse=yes
member => PJSIP/1002
[two]
strategy=linear
timeout=15
retry=1
ringinuse=no
autofill=yes
member => PJSIP/1003,0,Three,PJSIP/1003
member => PJSIP/1004,0,Four,PJSIP/1004
`;

export const FILES = {
  'features.conf': FEATURES_CONF,
  'queues.conf': QUEUES,
  'followme.conf': `[general]
enable_callee_prompt=no
[both]
context=phones
number=>1002&1003,30
[one]
context=phones
number=>1002,30
[asking]
enable_callee_prompt=yes
context=phones
number=>1002&1003,30
`,
  'res_parking.conf': `[general]
[default]
parkext=700
parkpos=701-720
context=parkedcalls
parkingtime=2
comebacktoorigin=yes
comebackdialtime=30
`,
};

export const MODULES = ['res_parking', 'app_chanspy', 'app_followme', 'pbx_spool'];

/** FollowMe hangs the caller up where it cannot ask him to hold the line (app_followme.c). */
export const ANNOUNCEMENTS = ['followme/pls-hold-while-try', 'followme/no-recording', 'followme/options'];
