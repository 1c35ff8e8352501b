import { byId } from '../dom/by-id.ts';
import { make } from '../dom/make.ts';
import { SCENES, type Scene } from './scenes.ts';

/** Shows the gallery; a scene that is chosen is marked until another picture comes. */
export function createGallery(onChoose: (scene: Scene) => void): {
  mark(scene: Scene | null): void;
} {
  const buttons = new Map(SCENES.map((scene) => [scene, sceneButton(scene)]));
  for (const [scene, button] of buttons) {
    button.addEventListener('click', () => onChoose(scene));
    byId('gallery', HTMLUListElement).append(make('li', {}, button));
  }
  return {
    mark(chosen) {
      for (const [scene, button] of buttons) {
        button.setAttribute('aria-pressed', String(scene === chosen));
      }
    },
  };
}

function sceneButton({ path, alt }: Scene): HTMLButtonElement {
  const picture = make('img', { src: path, alt, width: '96', height: '96', loading: 'lazy' });
  return make('button', { type: 'button', 'aria-pressed': 'false' }, picture);
}
