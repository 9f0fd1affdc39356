import { imageSpec } from '../../../engine/records/image-spec';

const asked = (imageGenerationConfig: Record<string, unknown>, taskType = 'TEXT_IMAGE') => {
  const flags: string[] = [];
  return { spec: imageSpec({ taskType, imageGenerationConfig }, flags), flags };
};

test('size and quality as they were asked for', () => {
  expect(asked({ width: 512, height: 768, quality: 'premium' })).toEqual({ spec: { size: '512x768', quality: 'premium' }, flags: [] });
});

test.each(['512', 0, -512, null, [512], Infinity])('a side of %p is none: the default is taken, and flagged', (width) => {
  expect(asked({ width, height: 768, quality: 'standard' })).toEqual({
    spec: { size: '1024x768', quality: 'standard' },
    flags: ['imageDefaults'],
  });
});

test('an edited image has the size of the given one, which is not known', () => {
  const { spec, flags } = asked({ quality: 'premium' }, 'INPAINTING');
  expect(spec).toStrictEqual({ quality: 'premium' });
  expect(flags).toEqual([]);
});

test('a request that asks for no image', () => {
  const flags: string[] = [];
  expect(imageSpec({ messages: [] }, flags)).toBeUndefined();
  expect(imageSpec(undefined, flags)).toBeUndefined();
  expect(flags).toEqual([]);
});
