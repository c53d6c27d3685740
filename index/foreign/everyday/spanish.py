"""Spanish words that open sentences or are written with a capital, and name nobody."""

from __future__ import annotations

WORDS = frozenset(
    """
        a abogados además agentes agricultores ahora al alcalde alcaldesa algo alguien algunas algunos alrededor ambos
        amplias anoche ante anteriormente antes apenas aproximadamente aquel aquella aquí así asimismo atentado ataque
        ataques aun aún aunque autoridades ayer ayuntamiento bajo bomberos buena buques cada casi causó cerca
        científicos civiles clientes cohetes como con congreso consejo contra cual cualquier cuando cuanto cuerpo
        cámara daños de debajo debido decenas dejó del demasiados dentro departamento desde después detrás dicha dicho
        diplomáticos diputados directora director dirigentes disparos durante economistas ejército el ella ello ellos
        embajada embajador empleados empresa empresas en encima enero entonces entre equipo era es esa ese eso esta
        estado este esto estos estudiantes está están ex existen expertos explosiones explosión fiscal fiscalía
        forenses fue fuentes fueron fuera fuerzas funcionarios general gobierno gracias gran grupo ha haber había hace
        hacia han hasta hay heridos hombres hombre hoy hubo humo incendio incluso informes inicialmente instituto
        inundaciones investigadores jefe jueces jueza juez junto jóvenes la las le les líder líderes lo los luego
        lugar manifestantes mañana mediante medios mejor menos mercado miembros mientras migrantes militares miles
        ministerio ministra ministro misiles mucha muchas mucho muchos mujeres mujer médicos nada nadie naciones ni
        niños ninguna ninguno ningún no nos nosotros nuestra nueva nuevo nunca obreros oficiales oficina ofensiva
        organización organizaciones otra otras otro otros para parlamento partido pasajeros paso peritos pero persona
        personas pese poco policía policías por porque portavoz posteriormente presidenta presidente presunto
        previamente primera primero pronto protestas proyectiles pueblo pues qué que quien quienes quizá república
        rescatistas residentes reunión río santa según segunda segundo seguridad senado senador senadora ser será si
        sí siempre simpatizantes sin sindicatos sino sobre socorristas soldados solo sólo son su sus supuestamente tal
        tales también tampoco tan tanto tantos temprano tiene tienen toda todas todavía todo todos trabajadores tras
        tribunal tripulantes tropas turistas un una unas universidad uno unos usted varias varios vecinos veces
        víctimas vice vicepresidente viajeros y ya yo él éste última últimamente último únicamente único acciones
        actores accidente acuerdo administración afirmó aficionados agencia agencias alcaldes alemanes aliados alumnos
        amenazas analistas aparentemente arrestos asesinato asamblea asociación atletas aumento aviones aviación banco
        bancos barco batalla bolsa búsqueda calor cambio caída cámaras campaña canciller carretera causa centenares
        centro cien cierre clima coalición comercio comisario comisión comité compañía compañías comunidad condenados
        conductores conferencia conflicto consumidores constitución corte cortes crisis críticos cuatro cultura
        decisión defensa delegación delegado denuncias deportistas deuda diez diferentes dinero diplomacia disturbios
        doctor documentos dos dólares edificio ejecutivo elecciones electores emergencia encuesta energía enfermeras
        entrenador escuela escuelas estudio estudios europeos evacuados evidentemente exportaciones exteriores
        expresidente exministro extranjeros fabricantes familiares federación ferrocarril finalmente financiación
        firma fondo fondos frente fuego fútbol ganancias gasolina gente gobernador gobernadora grupos guardia
        guerrilleros gripe habitantes hacienda historia hospital hospitales huelga huracán iglesia imágenes
        importaciones impuestos incluidos inflación información ingenieros ingresos inmigrantes institutos interior
        internacional inversores islas jefes jornada jugadores jurado justicia juventud ley leyes libertad lluvias
        llamada luchadores maestros mandatario marcha marina materiales mayoría médico mercados mil minería minoría
        misión muertos multitud mundial museo músicos nacional naturalmente negociaciones negociadores nieve nivel
        notablemente noticias novelistas obras observadores ocho once opositores oposición orden padres países
        pacientes paro participantes partidos patrulla pescadores petróleo pilotos plan plataforma plazo población
        políticos precios prensa prisión problemas producción productores profesores proyecto público puerto quince
        rebeldes recursos redes reforma refugiados regalos región representantes resultado resultados rescate reunidos
        reporteros retrasos revisiones rivales robo ruta salud satélites sanciones secretaria secretario sector
        seguidores seis sesión siete sismo sistema socios sospechosos subsecretario suceso sucesos supervivientes
        taxistas temperatura temperaturas terremoto testigos tiempo tierra tormenta torneo trabajo transporte tratado
        tren tres tripulación tráfico unión unidades usuarios vacunas valor venta ventas verano vehículos versión
        viaje viento viernes visita vivienda vigilantes violencia votantes voluntarios votación vuelo vuelos zona
    """.split()
)
