import { TailchatRunner } from '.';

new TailchatRunner().start(process.argv);
