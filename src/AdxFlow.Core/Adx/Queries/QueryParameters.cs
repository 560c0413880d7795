using System.Collections;
using System.Numerics;

namespace AdxFlow.Adx;

/// <summary>A query and the values of its parameters, each as a literal of the type that the query declares.</summary>
/// <param name="Query">The query, with a declaration in front if it had none.</param>
/// <param name="Literals">The values.</param>
internal sealed record QueryParameters(string Query, IReadOnlyDictionary<string, string> Literals)
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Brings values and declaration together.</summary>
    /// <exception cref="AdxException">
    /// <c>AdxParameterNotDeclared</c>: the query declares parameters, but not this one. <c>AdxInvalidLiteral</c>: a value does not fit its type.
    /// <c>AdxInvalidName</c>: a parameter cannot be called so.
    /// </exception>
    public static QueryParameters Bind(string query, IReadOnlyDictionary<string, object?>? values)
    {
        if (values is not { Count: > 0 })
            return new QueryParameters(query, None);

        Dictionary<string, AdxType?>? declared = QueryParameterDeclaration.Read(query);
        if (declared is null)
        {
            declared = values.ToDictionary(static value => value.Key, static value => (AdxType?)TypeOf(value.Key, value.Value), StringComparer.Ordinal);
            query = $"declare query_parameters({string.Join(", ", declared.Select(static one => $"{one.Key}:{AdxTypes.Name(one.Value!.Value)}"))});\n{query}";
        }

        var literals = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, object? value) in values)
        {
            // PowerShell does not tell a from A, KQL does: the declaration has the last word.
            string known = declared.ContainsKey(name) ? name : declared.Keys.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw NotDeclared(name, declared.Keys);
            literals[known] = Literal(known, value, declared[known]);
        }

        return new QueryParameters(query, literals);
    }

    private static string Literal(string name, object? value, AdxType? type)
    {
        try
        {
            return type is { } known ? Kql.Literal(value, known) : Kql.Literal(value);
        }
        catch (AdxException unfit)
        {
            throw new AdxException(unfit.ErrorId, unfit.Kind, $"The parameter '{name}': {unfit.Message}", unfit) { RecommendedAction = unfit.RecommendedAction };
        }
    }

    private static AdxType TypeOf(string name, object? value)
    {
        if (name.Length == 0 || !(char.IsAsciiLetter(name[0]) || name[0] == '_') || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
        {
            throw new AdxException("AdxInvalidName", AdxErrorKind.InvalidArgument, $"'{name}' is not a name for a parameter.")
            {
                RecommendedAction = "Use letters, digits and '_', and begin with no digit.",
            };
        }

        return value switch
        {
            null => throw new AdxException("AdxParameterNotDeclared", AdxErrorKind.InvalidArgument, $"The parameter '{name}' is null, and the query does not say of what type it is.")
            {
                RecommendedAction = $"Begin the query with: declare query_parameters({name}:string); with the type that it has.",
            },
            bool => AdxType.Bool,
            // KQL's own whole numbers are long as well.
            sbyte or byte or short or ushort or int or uint or long => AdxType.Long,
            ulong number => number <= long.MaxValue ? AdxType.Long : AdxType.Decimal,
            BigInteger number => number >= long.MinValue && number <= long.MaxValue ? AdxType.Long : AdxType.Decimal,
            float or double => AdxType.Real,
            decimal => AdxType.Decimal,
            DateTime or DateTimeOffset or DateOnly => AdxType.DateTime,
            TimeSpan or TimeOnly => AdxType.TimeSpan,
            Guid => AdxType.Guid,
            string or char or Enum or Uri => AdxType.String,
            _ when value is IEnumerable or System.Text.Json.JsonElement => AdxType.Dynamic,
            _ => AdxType.String,
        };
    }

    private static AdxException NotDeclared(string name, IEnumerable<string> declared) =>
        new("AdxParameterNotDeclared", AdxErrorKind.InvalidArgument, $"The query declares no parameter '{name}'. It declares: {string.Join(", ", declared)}.")
        {
            RecommendedAction = $"Add it to the declaration: declare query_parameters({name}:string, …); or leave it out of the values.",
        };
}
