import { describePlants, type Plant } from "./pack.plants.ts";

const ofForm: Plant[] = [
  {
    fault: "a translation that is missing",
    file: "sectors",
    find: ', km: "ស្រូវអង្ករ"',
    put: "",
    on: '"Lúa gạo"',
    says: "name.km: is missing (a translation)",
  },
  { fault: "a translation that is empty", file: "fields", find: 'en: "Physics"', put: 'en: ""', says: "is empty" },
  {
    fault: "a predicate over a key that is not allowed",
    file: "indicators",
    find: "part: { goodsKind: { in: [IP_ASSET] } }",
    put: "part: { buyerName: { in: [IP_ASSET] } }",
    says: "part.buyerName: is not a key here",
  },
  {
    fault: "a share that writes a numerator of its own",
    file: "indicators",
    find: "        part: { flow: { in: [INBOUND] }, originCountry: { list: developed } }",
    put: "        numerator: { flow: { in: [INBOUND] } }\n        part: { flow: { in: [INBOUND] } }",
    on: "numerator:",
    says: "numerator: is not a key here",
  },
  {
    fault: "a goods kind that does not exist",
    file: "indicators",
    find: "[TECHNOLOGY, IP_ASSET, RESEARCH_RESULT] }\n          originCountry",
    put: "[TECHNOLOGY, GADGET, RESEARCH_RESULT] }\n          originCountry",
    on: "GADGET",
    says: "goodsKind.in[1]",
  },
  {
    fault: "a day that does not exist",
    file: "province",
    find: "from: 2025-07-01",
    put: "from: 2025-06-31",
    says: "is not a day",
  },
  {
    fault: "a level of evidence beyond four",
    file: "goods",
    find: "level: 4",
    put: "level: 5",
    says: "evidenceLevels[4].level",
  },
  {
    fault: "a fact without its source",
    file: "duties",
    find: ", source: Cơ quan kế thừa sau hợp nhất tỉnh; cần đối chiếu văn bản phân công",
    put: "",
    on: "agencies: [so-khcn-vinh-long]",
    says: "source: is missing",
  },
  { fault: "an unknown duty", file: "duties", find: "- key: TRADE", put: "- key: TRAFFIC", says: "duties[3].key" },
  {
    fault: "YAML that cannot be read",
    file: "trl",
    find: "mark: recall",
    put: "mark: recall: rather",
    says: "Nested mappings",
  },
  {
    fault: "one key written twice",
    file: "developed",
    find: "default: imf-advanced",
    put: "default: imf-advanced\ndefault: un-m49-developed",
    on: "default: un-m49",
    says: "unique",
  },
];

describePlants("a pack with faults of form", ofForm);
