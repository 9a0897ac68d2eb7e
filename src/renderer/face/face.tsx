/** The face screen's page: the first of the two screens, where the counsellor's face will be. */
import '../look/look.css';
import './face.css';
import { mountScreen } from '../look/mount-screen.tsx';
import { terminalClient } from '../look/terminal.ts';
import { FaceScreen } from './face-screen.tsx';

mountScreen(terminalClient(), FaceScreen);
