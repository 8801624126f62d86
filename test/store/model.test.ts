import { modelStore } from '../sim/modelStore.ts';
import { storeSuite } from './storeSuite.ts';

storeSuite('the model', async () => ({ store: modelStore(), close: async () => {} }));
