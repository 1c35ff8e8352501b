import type { Client } from '../../../client/index.ts';
import { byId } from '../dom/by-id.ts';
import type { Picture } from '../picture/picture.ts';
import { DEFAULT_MODEL, modelLine } from './model-line.ts';

/** Pixels a side of the largest model that this is built for; what is not known yet is not more. */
const UNKNOWN_SIDE = 480;

/** The line about the model. */
export interface ModelView {
  /** Asks the endpoint which model answers. */
  load(client: Client): Promise<void>;
  /** Pixels a side that it sees. */
  side(): number;
  /** Points to the line when it matters: the default model does not know visitors' own pictures. */
  heed(picture: Picture): void;
}

/** Makes the line, with nothing known yet. */
export function createModelView(): ModelView {
  const place = byId('model', HTMLElement);
  let side = UNKNOWN_SIDE;
  let name: string | null = null;
  let own = false;

  function update(): void {
    place.classList.toggle('matters', own && name === DEFAULT_MODEL);
  }

  return {
    async load(client) {
      const model = await client.model();
      side = model.image.side;
      name = model.name;
      place.replaceChildren(...modelLine(model));
      update();
    },
    side: () => side,
    heed({ url }) {
      own = url === null;
      update();
    },
  };
}
