# How objects look: every type that a cmdlet writes has a table, and no table is wider than 120 columns.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    $views = @(
        ([xml] (Get-Content -LiteralPath "$(Split-Path $ModuleManifest)/module/AdxFlow.Format.ps1xml" -Raw)).Configuration.ViewDefinitions.View |
            Where-Object { $_.SelectSingleNode('TableControl') } |
            ForEach-Object { @{ Name = $_.Name; View = $_ } }
    )
    # A link is there to be copied, so it is shown whole, in a list; a row has the columns of its query.
    $types = (Get-Command -Module AdxFlow).OutputType.Type | Where-Object { $_.Namespace -eq 'AdxFlow' -and $_.Name -notin 'AdxDeepLink', 'AdxRow' } | Sort-Object FullName -Unique |
        ForEach-Object { @{ Type = $_; Shown = @($views.View.ViewSelectedBy.TypeName) } }
}

Describe 'The view <Name>' -ForEach $views {
    It 'fits into 120 columns, whatever the names in it' {
        $columns = @($View.TableControl.TableHeaders.TableColumnHeader)
        $given = @($columns | ForEach-Object { $_.SelectSingleNode('Width') } | Where-Object { $_ } | ForEach-Object { [int] $_.InnerText })
        # A space between two columns; a column without a width takes what is left, which must be worth taking.
        $left = 120 - ($given | Measure-Object -Sum).Sum - ($columns.Count - 1)
        $left | Should -BeGreaterOrEqual (12 * ($columns.Count - $given.Count))
    }

    It 'has a cell for each heading' {
        foreach ($row in $View.TableControl.TableRowEntries.TableRowEntry) {
            $row.TableColumnItems.TableColumnItem | Should -HaveCount @($View.TableControl.TableHeaders.TableColumnHeader).Count
        }
    }
}

Describe 'The type <Type>' -ForEach $types {
    It 'has a table' {
        $lineage = for ($ancestor = $Type; $ancestor; $ancestor = $ancestor.BaseType) { $ancestor.FullName }
        $lineage | Where-Object { $_ -in $Shown } | Should -Not -BeNullOrEmpty
    }
}
