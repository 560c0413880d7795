# Making tables: from columns as people write them, or from an object that shows them.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Set = 'Column'; Form = 'String, mandatory, position 0' }
        @{ Parameter = 'Column'; Set = 'Column'; Form = 'AdxColumn[], mandatory, position 1' }
        @{ Parameter = 'Column'; Set = 'From'; Form = 'not in this set' }
        @{ Parameter = 'From'; Set = 'From'; Form = 'PSObject[], mandatory, from pipeline' }
        @{ Parameter = 'Folder'; Set = 'Column'; Form = 'String' }
        @{ Parameter = 'DocString'; Set = 'From'; Form = 'String' }
        @{ Parameter = 'Merge'; Set = 'Column'; Form = 'SwitchParameter' }
        @{ Parameter = 'Connection'; Set = 'Column'; Form = 'AdxConnection' }
        @{ Parameter = 'Database'; Set = 'Column'; Form = 'String' }
    )
    $names = @('it.s - x', 'where', 'with space', "d`u{ED}a-`u{65E5}`u{672C}", '1day', '_x_' | ForEach-Object { @{ Name = $_ } })
    $types = 'bool', 'int', 'long', 'real', 'decimal', 'datetime', 'timespan', 'guid', 'string', 'dynamic' | ForEach-Object { @{ Type = $_ } }
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    function Get-ColumnText($Table) {
        ($Table.Columns | ForEach-Object { "$($_.Name):$($_.Type)".ToLowerInvariant() }) -join ' '
    }
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 New-AdxTable $parameters

Describe 'The columns of New-AdxTable' {
    It 'are taken as an ordered dictionary, in its order' {
        $table = New-AdxTable Ordered ([ordered]@{ z = 'long'; a = 'string'; m = 'datetime' })
        Get-ColumnText $table | Should -BeExactly 'z:long a:string m:datetime'
    }

    It 'are taken as texts' {
        Get-ColumnText (New-AdxTable Texts 'z:long', 'a : string') | Should -BeExactly 'z:long a:string'
    }

    It 'are taken from another table' {
        $null = New-AdxTable Origin 'z:long', 'a:dynamic'
        Get-ColumnText (New-AdxTable Copy (Get-AdxTable Origin).Columns) | Should -BeExactly 'z:long a:dynamic'
    }

    It 'can be of type <Type>' -ForEach $types {
        Get-ColumnText (New-AdxTable "Of_$Type" @{ c = $Type }) | Should -BeExactly "c:$Type"
    }

    It 'keep a colon in a name' {
        (Get-Failure { New-AdxTable Colon 'a:b:long' }).Exception.Message | Should -Match "name 'a:b' of kind 'Column' is not valid"
    }

    It 'refuse a type that ADX does not know, naming those it knows' {
        $failure = Get-Failure { New-AdxTable Bad 'a:varchar' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        $failure.Exception.Message | Should -BeLike "*'a'*'varchar'*dynamic*"
    }

    It 'refuse what is no column: <_>' -ForEach 'a', ':long', '' {
        (Get-Failure { New-AdxTable Bad $_ }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgument*Error,*'
    }

    It 'refuse the same name twice' {
        $failure = Get-Failure { New-AdxTable Twice 'a:long', 'a:string' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidTable,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }
}

Describe 'New-AdxTable' {
    It 'emits the table as it stands' {
        $table = New-AdxTable Made 'a:long' -Folder 'my/folder' -DocString "what it's for"
        $table | Should -BeOfType 'AdxFlow.AdxTable'
        $table.Name | Should -BeExactly 'Made'
        $table.Database | Should -BeExactly 'NetDefaultDB'
        $table.Folder | Should -BeExactly 'my/folder'
        $table.DocString | Should -BeExactly "what it's for"
        "$table" | Should -BeExactly 'Made'
    }

    It 'takes the name <Name> for the table and its column' -ForEach $names {
        $null = New-AdxTable $Name ([ordered]@{ $Name = 'long'; plain = 'string' })
        $found = @(Get-AdxTable $Name) + @(Get-AdxTable ([wildcardpattern]::Escape($Name)))
        $found.Name | Should -BeExactly $Name, $Name
        $found[0].Columns.Name | Should -BeExactly $Name, 'plain'
    }

    It 'sends the name <_> as it is, which the service does not take' -ForEach "it's [x]", 'a"b', 'back\slash', 'a;b//c<|d', '$x' {
        $failure = Get-Failure { New-AdxTable $_ 'a:long' }
        $failure.Exception.Message | Should -Match ([regex]::Escape("name '$_' of kind 'Table' is not valid"))
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure = Get-Failure { New-AdxTable Refused ([ordered]@{ $_ = 'long' }) }
        $failure.Exception.Message | Should -Match ([regex]::Escape("name '$_' of kind 'Column' is not valid"))
    }

    It 'writes nothing to the other streams' {
        New-AdxTable Quiet 'a:long' 2>&1 3>&1 6>&1 | Should -BeOfType 'AdxFlow.AdxTable'
    }

    It 'gives a table that is there with the same columns' {
        $null = New-AdxTable Same 'a:long'
        (New-AdxTable Same 'a:long').Name | Should -BeExactly 'Same'
    }

    It 'refuses one that is there with others, and changes nothing' {
        $null = New-AdxTable Taken 'a:long'
        $failure = Get-Failure { New-AdxTable Taken 'b:string' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxTableExists,*'
        $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
        $failure.TargetObject | Should -BeExactly 'Taken'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Merge*'
        Get-ColumnText (Get-AdxTable Taken) | Should -BeExactly 'a:long'
    }

    It 'refuses one that is there with another folder or description' {
        $null = New-AdxTable Described 'a:long' -Folder f -DocString d
        (New-AdxTable Described 'a:long' -Folder f).DocString | Should -BeExactly 'd'
        (Get-Failure { New-AdxTable Described 'a:long' -Folder g }).FullyQualifiedErrorId | Should -BeLike 'AdxTableExists,*'
        (Get-Failure { New-AdxTable Described 'a:long' -DocString e }).FullyQualifiedErrorId | Should -BeLike 'AdxTableExists,*'
    }

    It 'adds the columns that the table lacks with -Merge' {
        $null = New-AdxTable Merged 'a:long'
        Get-ColumnText (New-AdxTable Merged 'b:string', 'a:long' -Merge) | Should -BeExactly 'a:long b:string'
    }

    It 'refuses a name that cannot be one, and sends nothing: <Case>' -ForEach @(
        @{ Case = 'a line break'; Bad = "line`nbreak" }
        @{ Case = 'a null character'; Bad = "a`0b" }
        @{ Case = '1,025 characters'; Bad = 'n' * 1025 }
        @{ Case = 'two underscores before'; Bad = '__T' }
        @{ Case = 'two underscores behind'; Bad = 'T__' }
        @{ Case = 'a blank'; Bad = ' ' }
    ) {
        Get-LocalRequest {
            $script:ofTable = Get-Failure { New-AdxTable $Bad 'a:long' }
            $script:ofColumn = Get-Failure { New-AdxTable T @{ $Bad = 'long' } }
        } | Should -BeNullOrEmpty
        $ofTable.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidName,*'
        $ofTable.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $ofColumn.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidName,*'
    }

    It 'takes a name of 1,024 characters' {
        (New-AdxTable ('n' * 1024) 'a:long').Name.Length | Should -Be 1024
    }

    It 'refuses more columns than a table can have, and sends nothing' {
        $columns = 1..10001 | ForEach-Object { "c${_}:long" }
        Get-LocalRequest { $script:failure = Get-Failure { New-AdxTable Wide $columns } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidTable,*'
    }

    It 'refuses an unknown database' {
        $failure = Get-Failure { New-AdxTable T 'a:long' -Database NoSuchDatabase }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxDatabaseNotFound,*'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Get-AdxDatabase*'
    }

    It 'is refused to who may not' {
        $stranger = Connect-Adx -Local -Principal 'aaduser=stranger@contoso.com'
        $null = Connect-Adx -Local
        $failure = Get-Failure { New-AdxTable T 'a:long' -Connection $stranger }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
    }
}

Describe 'New-AdxTable -From' {
    It 'finds a type for each property' {
        $sample = [pscustomobject]@{
            Flag = $true; Small = [int] 1; Big = [long] 2; Unsigned = [ulong] 3; Real = 1.5; Exact = [decimal] 1.5; Time = [datetime]::UtcNow
            Offset = [System.DateTimeOffset]::UtcNow; Span = [timespan]::Zero; Id = [guid]::NewGuid(); Text = 'x'; Nothing = $null
            List = 1, 2; Nested = @{ a = 1 }; Day = [System.DayOfWeek]::Monday; Address = [uri] 'https://example.com'
        }
        Get-ColumnText (New-AdxTable Inferred -From $sample) | Should -BeExactly (
            'flag:bool small:long big:long unsigned:decimal real:real exact:decimal time:datetime offset:datetime span:timespan ' +
            'id:guid text:string nothing:string list:dynamic nested:dynamic day:string address:string')
    }

    It 'takes a dictionary' {
        Get-ColumnText (New-AdxTable FromDictionary -From ([ordered]@{ b = 1; a = 'x' })) | Should -BeExactly 'b:long a:string'
    }

    It 'takes the declared type of a property that is empty' {
        Add-Type -TypeDefinition 'public class AdxFlowSample { public int? Count { get; set; } public string Name { get; set; } public System.DateTime? At { get; set; } }'
        Get-ColumnText (New-AdxTable FromType -From ([AdxFlowSample]::new())) | Should -BeExactly 'count:long name:string at:datetime'
    }

    It 'looks at all objects of a pipeline, and makes one table' {
        $tables = @([pscustomobject]@{ a = 1 }, [pscustomobject]@{ b = 'x' } | New-AdxTable FromPipeline)
        $tables | Should -HaveCount 1
        Get-ColumnText $tables[0] | Should -BeExactly 'a:long b:string'
    }

    It 'looks at all objects of an array' {
        Get-ColumnText (New-AdxTable FromArray -From @(@{ a = 1 }, @{ a = 1.5 })) | Should -BeExactly 'a:real'
    }

    It 'takes the type that holds the values of all: <Values> is <Type>' -ForEach @(
        @{ Values = 1, 2.5; Type = 'real' }
        @{ Values = 2.5, 1; Type = 'real' }
        @{ Values = 1, [decimal] 2.5; Type = 'decimal' }
        @{ Values = [decimal] 2.5, 2.5; Type = 'real' }
        @{ Values = 1, [ulong]::MaxValue; Type = 'decimal' }
        @{ Values = $null, 1, $null; Type = 'long' }
        @{ Values = $null, [System.DBNull]::Value; Type = 'string' }
        @{ Values = 1, 'x'; Type = 'string' }
        @{ Values = $true, 1; Type = 'string' }
        @{ Values = [datetime]::UnixEpoch, 'x'; Type = 'string' }
        @{ Values = 'x', @{ a = 1 }; Type = 'dynamic' }
        @{ Values = @{ a = 1 }, 1; Type = 'dynamic' }
    ) {
        $table = $Values | ForEach-Object { [pscustomobject]@{ c = $_ } } | New-AdxTable Widened -WarningVariable warnings
        Get-ColumnText $table | Should -BeExactly "c:$Type"
        $warnings | Should -BeNullOrEmpty
        Remove-AdxTable Widened -Confirm:$false
    }

    It 'takes the columns of a table, not its properties' {
        $table = New-AdxTable FromTable 'z:datetime', 'a:int' | New-AdxTable FromTableCopy
        Get-ColumnText $table | Should -BeExactly 'z:datetime a:int'
    }

    It 'makes nothing of an empty pipeline' {
        (Get-Failure { @() | New-AdxTable FromNothing }).FullyQualifiedErrorId | Should -BeLike 'AdxInvalidTable,*'
        Get-AdxTable FromNot* | Should -BeNullOrEmpty
    }

    It 'leaves live objects out, and says which in one warning' {
        $table = Get-Process -Id $PID | New-AdxTable FromProcess -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*Modules*'
        $table.Columns.Name | Should -Contain 'Id'
        $table.Columns.Name | Should -Not -Contain 'Modules'
    }

    It 'refuses what has no properties' {
        Get-Failure { New-AdxTable FromNumber -From 42 } | Should -Not -BeNullOrEmpty
        Get-AdxTable FromNum* | Should -BeNullOrEmpty
    }
}
