using System.Text;
using AdxFlow.Local.Endpoints.Mappings;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>A mapping bound to the columns of a table and to one source.</summary>
internal sealed class IngestionMapping
{
    private IngestionMapping(IReadOnlyList<Element> elements) => Elements = elements;

    public IReadOnlyList<Element> Elements { get; }

    /// <summary>Binds a mapping.</summary>
    /// <param name="definition">The mapping.</param>
    /// <param name="columns">The columns of the table.</param>
    /// <param name="source">The address of the data, for the transformation SourceLocation.</param>
    /// <exception cref="IngestionException">It names a column that the table does not have, or needs what only the service has.</exception>
    public static IngestionMapping Bind(MappingDefinition definition, IReadOnlyList<Column> columns, string source)
    {
        var elements = new List<Element>();
        foreach (MappingElement element in definition.Elements)
        {
            int column = columns.ToList().FindIndex(c => c.Name == element.Column);
            if (column < 0) throw new IngestionException("BadRequest_InconsistentMapping", $"The mapping names column '{element.Column}', which the table does not have.");
            string? constant = element.Constant ?? (element.Path is not null && element.ParsedPath is null ? element.Path : null);
            if (element.Transform == MappingTransform.SourceLocation) constant = source;
            JsonPath[] dropped = element.Transform != MappingTransform.DropMappedFields
                ? []
                : [.. definition.Elements.Where(e => e != element && e.ParsedPath is not null).Select(e => e.ParsedPath!.Within(element.ParsedPath!)).OfType<JsonPath>()];
            elements.Add(new Element(column, element.Ordinal, element.ParsedPath, constant is null ? null : Encoding.UTF8.GetBytes(constant), element.Transform, dropped));
        }

        return new IngestionMapping(elements);
    }

    /// <summary>The source of one column: a field by ordinal, a place in a JSON document, or a constant, and what is done with the value.</summary>
    internal sealed record Element(int Column, int Ordinal, JsonPath? Path, byte[]? Constant, MappingTransform Transform, JsonPath[] Dropped);
}
