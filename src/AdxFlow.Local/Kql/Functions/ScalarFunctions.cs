namespace AdxFlow.Local.Kql.Functions;

/// <summary>All scalar functions of the stand-in, by name. A new one is one more line in the list it belongs to.</summary>
internal static class ScalarFunctions
{
    private static readonly Dictionary<string, ScalarFunction> ByName = new[]
    {
        ConversionFunctions.All, TextFunctions.All, MathFunctions.All, DateTimeFunctions.All, ConditionalFunctions.All, DynamicFunctions.All,
        ArrayFunctions.All, BagFunctions.All, HashFunctions.All, NetworkFunctions.All, EncodingFunctions.All, PatternFunctions.All, DurationFunctions.All,
        UrlFunctions.All, PathFunctions.All, SizeFunctions.All, AddressSearchFunctions.All, TimeZoneFunctions.All,
    }.SelectMany(list => list).ToDictionary(f => f.Name, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static ScalarFunction? Find(string name) => ByName.GetValueOrDefault(name);
}
