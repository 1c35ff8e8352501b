import { Tokenizer } from '@huggingface/tokenizers';

/** Another implementation of the same tokenizer, knowing no control tokens: @huggingface/tokenizers. */
export function createOracle(vocabJson: string, mergesText: string): (text: string) => number[] {
  const merges = mergesText.split('\n').filter((line, index) => line !== '' && index > 0);
  const tokenizer = new Tokenizer(
    {
      model: { type: 'BPE', vocab: JSON.parse(vocabJson), merges },
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false },
      normalizer: null,
      post_processor: null,
      decoder: { type: 'ByteLevel' },
      added_tokens: [],
    },
    {},
  );
  return (text) => tokenizer.encode(text, { add_special_tokens: false }).ids;
}
