/** One terminal: its visit, its screens, its devices and its hub, wired together. The data flow is in this file. */
import { join } from 'node:path';
import { assertNever } from '#shared/assert-never.ts';
import type { TerminalConfiguration } from '#shared/configuration/terminal.ts';
import type { HubToTerminal } from '#shared/protocol/messages.ts';
import { roomViewShows } from '#shared/screen-places.ts';
import { guestOf, initialVisitState, type VisitState } from '#shared/visit-state.ts';
import { createAgenda } from './agenda.ts';
import { aimRefusal } from './aim-refusal.ts';
import { createDesk } from './desk.ts';
import { createDevices } from './devices.ts';
import { createHardware } from './hardware.ts';
import { connectToHub, type HubLink } from './hub-link.ts';
import { createHubVisits } from './hub-visits.ts';
import type { Identity } from './identity.ts';
import type { Log } from './log.ts';
import { machineConditionOf } from './machine/machine-condition.ts';
import { createMachineLink } from './machine/machine-link.ts';
import { createOrderDesk } from './order-desk.ts';
import { openOrderJournal } from './order-journal.ts';
import { type SandboxNetwork, sandboxNetwork } from './pages/sandbox.ts';
import { stayAwake } from './power.ts';
import { listenToPage } from './screen-link.ts';
import { faceStageOf } from './screen-view.ts';
import type { Screens } from './screens.ts';
import { createSelfTest } from './self-test.ts';
import { createSelfTests } from './self-tests.ts';
import { createShots } from './shots.ts';
import { createShowAndReport, eachScreen } from './show-and-report.ts';
import { createSubtitles } from './subtitles.ts';
import { createVisitDocuments } from './visit-documents.ts';
import { createVisitPaper } from './visit-paper.ts';
import { createVisitRoom } from './visit-room.ts';
import { createVisitRunner, type OutwardEffect } from './visit-runner.ts';
import { sendBlanks } from './wipe/blank-messages.ts';
import { openMainMemory } from './wipe/main-memory.ts';
import { openUnwipedMark } from './wipe/unwiped-mark.ts';
import { createVisitWipe } from './wipe/visit-wipe.ts';
import { wipeTargets } from './wipe/wipe-targets.ts';

export interface TerminalOptions {
  readonly configuration: TerminalConfiguration;
  readonly identity: Identity;
  /** Open already: their processes start while this module is loaded. */
  readonly screens: Screens;
  readonly version: string;
  /** Folder of the build (renderer/, preload/, main/). */
  readonly dist: string;
  /** The Node program for the paper process. */
  readonly node: string;
  /** The terminal's own folder on disk: order journal, mark of a failed wipe. */
  readonly dataFolder: string;
  readonly log: Log;
}

/** ms. A face that has not painted by then keeps the desk and the devices waiting no longer. */
const FACE_FIRST = 2_000;

/** Returns a function that ends everything that was started. */
export function startTerminal(options: TerminalOptions): () => void {
  const { configuration, identity, screens, version, dist, node, dataFolder, log } = options;
  const unwiped = openUnwipedMark(join(dataFolder, 'unwiped'));
  let hub: HubLink | null = null;
  let greetingKey: string | null = null;
  const painted = { face: false, desk: false };
  let pdfNetwork: SandboxNetwork | null = null;

  const visit = createVisitRunner({
    initial: initialVisitState,
    perform,
    onState: settle,
  });
  const visits = createHubVisits({
    unwiped,
    dispatch: (event) => visit.dispatch(event),
    tellEnd: (visitId, reason) => hub?.tell({ type: 'visit.end', visitId, reason }),
  });
  const memory = openMainMemory(() => eachScreen(screens, (page, screen) => sendBlanks(page, screen)));
  const devices = createDevices((report, changed) => {
    if (changed === 'printer' || changed === 'scanner') {
      const device = report[changed];
      const code = device.state === 'trouble' ? (device.reasons[0] ?? null) : null;
      visit.dispatch({ type: 'trouble', device: changed, code });
    }
    shown.renew();
  });
  const desk = createDesk(() => shown.show());
  screens.attach({ picture: desk.picture, onLayout: noteLayout });
  const paper = createVisitPaper({
    configuration,
    dist,
    node,
    log,
    onStatus: (orderId, status) => orders.follow(orderId, status),
    onWant: (want) => documents.say({ type: 'document.want', ...want }),
    onVisitKey: (publicKey) => documents.setKey(publicKey),
    onCheckCode: (code) => documents.setCheckCode(code),
    onLive(live) {
      if (live) memory.note(live);
      desk.setLive(live);
    },
    onSay: (message) => documents.say(message),
    onScanning: (scanning) => hardware.setScanning(scanning),
    onGivenUp: (code) => orders.failAll(code),
  });
  const journal = openOrderJournal(join(dataFolder, 'orders'));
  const orders = createOrderDesk({
    desk,
    journal,
    visitId: () => guestOf(visit.state().at)?.visitId ?? null,
    subtitles(on) {
      if (!room.setSubtitles(on)) return 'subtitlesNotOffered';
      subtitles.set(on);
      return null;
    },
    shots: {
      begin: (aim) => shots.begin(aim),
      shoot: (aim) => shots.shoot(aim),
      ended: (aim, status) => shots.ended(aim, status),
    },
    paper: paper.ready,
    tell: (orderId, status) => hub?.tell({ type: 'order.status', orderId, status }),
  });
  const shots = createShots({
    refusal: () => aimRefusal(visit.state(), devices.report().camera),
    recipient: () => documents.visitKey()?.publicKey ?? null,
    take: (aim, recipient) => room.self.shoot(aim, recipient),
    tell(aim, result) {
      if (result.ok) memory.note(result.value);
      paper.link()?.shot(aim, result);
    },
    onChange: () => shown.show(),
  });
  const documents = createVisitDocuments({
    identity,
    visitId: () => guestOf(visit.state().at)?.visitId ?? null,
    paper: paper.link,
    hub: () => hub,
    onChange: () => shown.renew(),
  });
  const subtitles = createSubtitles(() => shown.show());
  const room = createVisitRoom({
    face: screens.face,
    desk: screens.desk,
    dist,
    devices: configuration.media,
    displayName: configuration.commune.name,
    log,
    dispatch: (event) => visit.dispatch(event),
    onCompany: () => shown.show(),
    onSaid: subtitles.heard,
    onLine: () => settle(visit.state()),
    onCamera: {
      onReady: () => shots.ready(),
      onShot: (aim, shot) => shots.brought(aim, shot),
      onFailed: (aim) => shots.failed(aim),
    },
    roundTrip: () => hub?.roundTrip() ?? null,
    onDrift(origin, missing) {
      const visitId = guestOf(visit.state().at)?.visitId;
      if (visitId) hub?.say({ type: 'room.drift', visitId, origin, missing });
    },
  });
  const hardware = createHardware({
    configuration,
    dist,
    log,
    devices,
    onPress: () => visit.dispatch({ type: 'buttonPressed' }),
    onPrinterKnown: () => shown.renew(),
  });
  const selfTests = createSelfTests({
    create: (events) => createSelfTest({ dist, devices: configuration.media, log, ...events }),
    time: configuration.selfTest.time,
    file: join(dataFolder, 'self-test-day'),
    onChange: () => shown.renew(),
    tell: (result) => hub?.tell({ type: 'selfTest', result }),
  });
  const agenda = createAgenda(() => shown.show());
  const machine = createMachineLink({
    folder: process.env.VISAVIS_MACHINE,
    condition: () =>
      machineConditionOf({
        version,
        painted,
        state: visit.state(),
        selfTesting: selfTests.underWay(),
        devices: devices.report(),
        media: hardware.media(),
        nextAppointment: agenda.next(),
      }),
    onUpdates: () => shown.renew(),
  });
  const targets = wipeTargets({
    room,
    paper,
    printer: hardware.printer,
    desk,
    subtitles,
    screens,
    shots,
    clearOrders: orders.clear,
    jobNames: journal.begun,
    memory,
    memoryFolder: configuration.memoryFolder,
    // Other programs run them, so they lie beside the archive (electron-builder.yml, asarUnpack).
    programs: join(dist, 'main').replace('app.asar', 'app.asar.unpacked'),
  });

  const visitWipe = createVisitWipe({
    targets,
    unwiped,
    identity,
    log,
    tell: (report) => hub?.tell({ type: 'wipe', report }),
  });
  const shown = createShowAndReport({
    commune: configuration.commune,
    version,
    state: visit.state,
    screens,
    devices,
    desk,
    room,
    shots,
    subtitles,
    documents,
    hardware,
    selfTests,
    agenda,
    machine,
    greetingKey: () => greetingKey,
    pdfNetwork: () => pdfNetwork,
    memory,
    tell: (report) => hub?.tell({ type: 'report', report }),
  });

  function noteLayout(): void {
    const alone = screens.layout()?.shared ?? true;
    devices.set('displays', alone ? { state: 'trouble', reasons: ['displayAbsent'] } : { state: 'ready' });
    shown.show();
  }

  function perform(effect: OutwardEffect): void {
    switch (effect.type) {
      case 'prepare':
        unwiped.set(effect.visitId);
        paper.prepare();
        break;
      case 'warmRoom':
        room.warm(effect.origin);
        break;
      case 'joinRoom':
        room.join(effect.room);
        break;
      case 'leaveRoom':
        room.leave();
        break;
      case 'tellTrouble': {
        const { visitId, origin, what } = effect;
        hub?.say({ type: 'room.trouble', visitId, origin, room: effect.room, what });
        break;
      }
      case 'stop':
        room.leave();
        void paper.stop().then(() => visit.dispatch({ type: 'stopped' }));
        break;
      case 'endAtHub':
        visits.endedHere(effect.visitId, effect.reason);
        break;
      case 'wipe':
        void runWipe();
        break;
      default:
        assertNever(effect);
    }
  }

  async function runWipe(): Promise<void> {
    // The hub may be away and never say that it is over.
    visits.over(unwiped.visitId());
    visit.dispatch({ type: (await visitWipe.run()) ? 'wipePassed' : 'wipeFailed' });
  }

  function settle(state: VisitState): void {
    selfTests.follow(faceStageOf(state.at));
    const slow = room.line.isSlow();
    room.setVisible(roomViewShows(faceStageOf(state.at)) && room.line.still() === null);
    const quiet = guestOf(state.at)?.quiet;
    if (quiet) {
      room.send({ audio: !quiet.residentSound, video: !quiet.residentPicture && !slow });
      room.expectPicture(!quiet.counsellorPicture && !slow);
    }
    shown.renew();
    if (state.at.stage === 'idle') visits.free();
  }

  function receive(message: HubToTerminal): void {
    switch (message.type) {
      case 'visit':
        visits.receive(message.visit, message.ended);
        break;
      case 'order':
        orders.take(message.order, message.now);
        break;
      case 'selfTest':
        selfTests.ask(message.origin);
        break;
      case 'agenda':
        agenda.told(message.next);
        break;
      case 'challenge':
      case 'refused':
        break; // The link's own affair.
      default:
        documents.receive(message);
    }
  }

  /** All that is not the face: started after it, so that a machine that was just switched on says at once that it lives. */
  function openRest(): void {
    clearTimeout(faceFirst);
    screens.openDesk();
    hardware.watch();
    notePdfNetwork();
  }

  /** Weaker, and nobody would see it: the operator is told before the first PDF is opened. */
  function notePdfNetwork(): void {
    if (pdfNetwork) return;
    pdfNetwork = sandboxNetwork();
    if (pdfNetwork === 'engine') log.warn({ event: 'pdf.no-network-namespace' });
    else log.info({ event: 'pdf.network-namespace' });
    shown.renew();
  }

  function notePainted(host: 'face' | 'desk'): void {
    log.info({ event: 'screen.painted', host });
    painted[host] = true;
    machine.renew();
  }

  const faceFirst = setTimeout(openRest, FACE_FIRST);
  const stopListening = [
    listenToPage('face:ready', log, () => shown.show()),
    listenToPage('desk:ready', log, () => shown.show()),
    listenToPage('face:greetingKey', log, ({ publicKey }) => {
      greetingKey = publicKey;
      shown.renew();
    }),
    listenToPage('face:painted', log, () => {
      notePainted('face');
      openRest();
    }),
    listenToPage('desk:painted', log, () => notePainted('desk')),
    listenToPage('desk:sheetFailed', log, () => log.error({ event: 'screen.sheet-failed' })),
  ];

  hub = connectToHub(configuration.hub, identity, log, {
    onLinked: () => {
      agenda.hubLinked();
      visit.dispatch({ type: 'hubLinked' });
      paper.link()?.relinked();
      orders.tellAgain();
      visitWipe.tellAgain();
      selfTests.tellAgain();
      shown.renew();
    },
    onLost: () => {
      agenda.hubLost();
      visit.dispatch({ type: 'hubLost' });
    },
    onMessage: receive,
    onFrame: documents.receiveFrame,
  });
  const sleepAgain = stayAwake(log, () => {
    hub?.connectAgain();
    visit.dispatch({ type: 'callLost' });
  });
  selfTests.follow(faceStageOf(visit.state().at));
  noteLayout();

  return () => {
    visits.close();
    clearTimeout(faceFirst);
    sleepAgain();
    hub?.close();
    visit.close();
    selfTests.close();
    agenda.close();
    machine.close();
    hardware.close();
    room.leave();
    for (const stop of stopListening) stop();
    screens.close();
  };
}
