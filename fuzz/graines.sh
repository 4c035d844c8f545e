#!/usr/bin/env bash
# The first inputs of the targets, out of the fixtures: bash fuzz/graines.sh CPOM
set -euo pipefail
cd "$(dirname "$0")/.."
cpom=${1:-cpom}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p fuzz/corpus/{contrat,valeurs,word,gabarit,pdf,piece,logo}

for fichier in fixtures/*/*.json; do
    cp "$fichier" "fuzz/corpus/contrat/$(basename "$(dirname "$fichier")")-$(basename "$fichier")"
done
printf '\0\001**gras** <w:p> {{ x }} #set\0\0\040%%PDF [a](b) | c' > fuzz/corpus/valeurs/marques
for contrat in minimal exemple; do
    "$cpom" generer "fixtures/paca/$contrat.json" --sortie "$work" > /dev/null 2>&1
done
cp "$work"/*.pdf fuzz/corpus/pdf/
for word in "$work"/*.docx; do
    nom=$(basename "$word" .docx)
    unzip -p "$word" word/document.xml > "fuzz/corpus/word/$nom"
    (printf '\0'; unzip -p "$word" word/styles.xml) > "fuzz/corpus/gabarit/$nom-styles"
    (printf '\001'; unzip -p "$word" word/document.xml) > "fuzz/corpus/gabarit/$nom-document"
    (printf '\002'; unzip -p "$word" word/numbering.xml) > "fuzz/corpus/gabarit/$nom-numbering"
done
# One page of each kind, drawn or refused.
python3 -B .ci/pieces.py --garder "$work/pieces" "$cpom" > /dev/null
find "$work/pieces" -maxdepth 1 -name '*.pdf' -size -200k -exec cp -t fuzz/corpus/piece {} +
for fichier in fixtures/*/{pieces,logos}/*; do
    nom=$(cut -d / -f 2 <<< "$fichier")-$(basename "$fichier")
    case $fichier in
        *.pdf) cp "$fichier" "fuzz/corpus/piece/$nom" ;;
        *.png) cp "$fichier" "fuzz/corpus/piece/$nom" && cp "$fichier" "fuzz/corpus/logo/$nom" ;;
        *) cp "$fichier" "fuzz/corpus/logo/$nom" ;;
    esac
done
